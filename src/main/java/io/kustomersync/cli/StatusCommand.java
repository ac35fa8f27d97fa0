package io.kustomersync.cli;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import io.kustomersync.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Shows how far each table is, also while another process runs.",
      "Lag is the age of what is surely delivered: the last poll that ended well, or the position"
          + " if that is later."
    })
final class StatusCommand implements Callable<Integer> {
  private final KustomerSync program;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  StatusCommand(KustomerSync program) {
    this.program = program;
  }

  /** One table's line. */
  private record Standing(
      String table,
      Optional<Instant> position,
      Optional<Duration> lag,
      long rows,
      long quarantined,
      Optional<Instant> lastPoll,
      Optional<String> lastError,
      Optional<Instant> lastErrorAt) {}

  @Override
  public Integer call() throws Exception {
    Settings settings = program.settings();
    List<Standing> standings;
    try (Connector connector = program.connect(settings)) {
      standings = standings(settings, connector.checkpoints(), connector.quarantine().counts());
    }
    if (json) {
      JsonOutput.print(standings.stream().map(this::document).toList(), program.terminal());
    } else {
      program.terminal().show(table(standings));
      // Whole, below: in a column it would be cut where the way out begins.
      standings.forEach(
          standing ->
              standing
                  .lastError()
                  .ifPresent(error -> program.terminal().say(standing.table() + ": " + error)));
    }
    return KustomerSync.OK;
  }

  private List<Standing> standings(
      Settings settings, CheckpointRepository repository, Map<String, Long> quarantined) {
    Map<String, TableStatus> statuses =
        repository.statuses().stream()
            .collect(Collectors.toMap(TableStatus::table, Function.identity()));
    Set<String> names = new LinkedHashSet<>(settings.reading().tables());
    Stream.of(repository.storedTables(), statuses.keySet(), quarantined.keySet())
        .flatMap(Collection::stream)
        .sorted()
        .forEach(names::add);
    List<Standing> standings = new ArrayList<>();
    for (String name : names) {
      Optional<TableStatus> status = Optional.ofNullable(statuses.get(name));
      Optional<Instant> position = Optional.empty();
      Optional<String> damage = Optional.empty();
      try {
        position = repository.find(name).flatMap(Checkpoint::position);
      } catch (CheckpointException e) {
        // One that can't be read must not hide how far the others are.
        damage = Optional.of(e.getMessage());
      }
      Optional<Instant> lastPoll = status.flatMap(TableStatus::lastPoll);
      standings.add(
          new Standing(
              name,
              position,
              lag(position, lastPoll),
              status.map(TableStatus::rows).orElse(0L),
              quarantined.getOrDefault(name, 0L),
              lastPoll,
              damage.or(() -> status.flatMap(TableStatus::lastError)),
              status.flatMap(TableStatus::lastErrorAt)));
    }
    return standings;
  }

  private Optional<Duration> lag(Optional<Instant> position, Optional<Instant> lastPoll) {
    Instant now = program.clock().instant();
    return Stream.of(position, lastPoll)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .map(last -> last.isAfter(now) ? Duration.ZERO : Duration.between(last, now));
  }

  private static TextTable table(List<Standing> standings) {
    return new TextTable(
        List.of(
            Heading.text("table"),
            Heading.text("position"),
            Heading.number("lag"),
            Heading.number("rows"),
            Heading.number("quarantined"),
            Heading.text("last poll"),
            Heading.text("last error")),
        standings.stream()
            .map(
                s ->
                    List.of(
                        s.table(),
                        s.position().map(Instant::toString).orElse("-"),
                        s.lag().map(HumanDuration::of).orElse("-"),
                        String.format(Locale.ROOT, "%,d", s.rows()),
                        String.format(Locale.ROOT, "%,d", s.quarantined()),
                        seconds(s.lastPoll()),
                        s.lastError().isPresent() ? lastErrorAt(s) : "-"))
            .toList());
  }

  private static String lastErrorAt(Standing standing) {
    return standing.lastErrorAt().isPresent() ? seconds(standing.lastErrorAt()) : "now";
  }

  private static String seconds(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }

  private Map<String, Object> document(Standing standing) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", standing.table());
    document.put("position", standing.position().orElse(null));
    document.put("lag_seconds", standing.lag().map(Duration::toSeconds).orElse(null));
    document.put("rows", standing.rows());
    document.put("quarantined", standing.quarantined());
    document.put("last_poll", standing.lastPoll().orElse(null));
    document.put("last_error", standing.lastError().orElse(null));
    document.put("last_error_at", standing.lastErrorAt().orElse(null));
    return document;
  }
}
