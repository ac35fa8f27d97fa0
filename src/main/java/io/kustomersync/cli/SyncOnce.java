package io.kustomersync.cli;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.Polling.Progress;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.read.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/** Catches tables up once, several at a time, and tells how it went. */
final class SyncOnce {
  private static final int AT_A_TIME = 4;

  private final Connector connector;
  private final CommandContext context;
  private final Terminal terminal;
  private final Clock clock;

  SyncOnce(Connector connector, CommandContext context) {
    this.connector = connector;
    this.context = context;
    this.terminal = context.terminal();
    this.clock = context.clock();
  }

  /**
   * @return whether all tables are caught up
   */
  boolean run(List<TableDefinition> tables) throws InterruptedException {
    Instant start = clock.instant();
    Map<String, Result> results;
    try (SyncDisplay display =
        terminal.watched() ? new BarDisplay(terminal.width()) : new PlainDisplay(terminal, clock)) {
      results = syncAll(tables, display);
    }
    terminal.show(summary(results));
    terminal.say(
        String.format(
            Locale.ROOT,
            "calls used: %,d, time: %s",
            connector.source().calls(),
            HumanDuration.of(Duration.between(start, clock.instant()))));
    results.forEach(
        (table, result) ->
            result
                .failure()
                .ifPresent(failure -> terminal.tell(table + ": " + context.said(failure))));
    return results.values().stream().allMatch(result -> result.failure().isEmpty());
  }

  private Map<String, Result> syncAll(List<TableDefinition> tables, SyncDisplay display)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, tables.size()));
    try {
      Map<String, Future<Result>> running = new LinkedHashMap<>();
      for (TableDefinition table : tables) {
        running.put(table.name(), threads.submit(() -> sync(table, display)));
      }
      Map<String, Result> results = new LinkedHashMap<>();
      for (Map.Entry<String, Future<Result>> entry : running.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Result sync(TableDefinition table, SyncDisplay display) {
    display.begun(table.name());
    Result result;
    try {
      result = connector.polling().sync(table, display::delivered);
    } catch (RuntimeException e) {
      // One table's mishap must not hide how the others went.
      Progress none = new Progress(table.name(), 0, 0, 0, 0, 0, Optional.empty());
      result = new Result(none, Duration.ZERO, Optional.of(e));
    }
    display.ended(table.name(), result);
    return result;
  }

  private static TextTable summary(Map<String, Result> results) {
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (table, result) ->
            rows.add(
                row(
                    table,
                    SyncDisplay.word(result),
                    List.of(result.counts()),
                    HumanDuration.of(result.took()))));
    if (results.size() > 1) {
      List<Progress> all = results.values().stream().map(Result::counts).toList();
      rows.add(row("total", "", all, ""));
    }
    return new TextTable(
        List.of(
            Heading.text("table"),
            Heading.text("result"),
            Heading.number("read"),
            Heading.number("written"),
            Heading.number("unchanged"),
            Heading.number("deleted"),
            Heading.number("quarantined"),
            Heading.number("time")),
        rows);
  }

  private static List<String> row(String table, String result, List<Progress> counts, String time) {
    return List.of(
        table,
        result,
        sum(counts, Progress::read),
        sum(counts, Progress::delivered),
        sum(counts, Progress::unchanged),
        sum(counts, Progress::deleted),
        sum(counts, Progress::quarantined),
        time);
  }

  private static String sum(List<Progress> counts, ToLongFunction<Progress> count) {
    return String.format(Locale.ROOT, "%,d", counts.stream().mapToLong(count).sum());
  }
}
