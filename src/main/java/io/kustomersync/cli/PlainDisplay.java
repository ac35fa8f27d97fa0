package io.kustomersync.cli;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.Polling.Progress;
import io.kustomersync.connector.Polling.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lines for a log file: the beginning, the end, and between them one per table each 10 s. */
final class PlainDisplay implements SyncDisplay {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();
  private final Map<String, Instant> said = new ConcurrentHashMap<>();

  PlainDisplay(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void begun(String table) {
    Instant now = clock.instant();
    begun.put(table, now);
    said.put(table, now);
    terminal.tell(table + ": begun");
  }

  @Override
  public void delivered(Progress progress) {
    Instant now = clock.instant();
    if (Duration.between(said.get(progress.table()), now).compareTo(PAUSE) >= 0) {
      said.put(progress.table(), now);
      terminal.tell(line(progress, Duration.between(begun.get(progress.table()), now)));
    }
  }

  private static String line(Progress progress, Duration elapsed) {
    double perSecond = progress.read() * 1000.0 / Math.max(1, elapsed.toMillis());
    String remaining =
        progress
            .remaining()
            .map(
                left ->
                    String.format(Locale.ROOT, ", %,d remaining", left)
                        + (perSecond > 0
                            ? ", about "
                                + HumanDuration.of(Duration.ofSeconds((long) (left / perSecond)))
                            : ""))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s: %,d read, %,d written, %,.0f/s%s",
        progress.table(),
        progress.read(),
        progress.delivered(),
        perSecond,
        remaining);
  }

  @Override
  public void ended(String table, Result result) {
    terminal.tell(
        String.format(
            Locale.ROOT,
            "%s: %s after %s, %,d read, %,d written",
            table,
            SyncDisplay.word(result),
            HumanDuration.of(result.took()),
            result.counts().read(),
            result.counts().delivered()));
  }

  @Override
  public void close() {}
}
