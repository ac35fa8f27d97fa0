package io.kustomersync.cli;

import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.SyncState;
import io.kustomersync.settings.Settings;
import io.kustomersync.status.StatusReport;
import io.kustomersync.status.TableReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
  private final CommandContext context;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  StatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings();
    List<TableReport> tables;
    try (Connector connector = context.connect(settings)) {
      SyncState state = connector.state();
      tables =
          StatusReport.of(
                  settings.reading().tables(),
                  state.checkpoints(),
                  state.quarantine().counts(),
                  context.clock().instant())
              .tables();
    }
    if (json) {
      JsonOutput.print(tables.stream().map(StatusCommand::document).toList(), context.terminal());
    } else {
      context.terminal().show(table(tables));
      // Whole, below: in a column it would be cut where the way out begins.
      for (TableReport table : tables) {
        table.lastError().ifPresent(error -> context.terminal().say(table.table() + ": " + error));
      }
    }
    return ExitCode.OK;
  }

  private static TextTable table(List<TableReport> tables) {
    return new TextTable(
        List.of(
            Heading.text("table"),
            Heading.text("position"),
            Heading.number("lag"),
            Heading.number("rows"),
            Heading.number("quarantined"),
            Heading.text("last poll"),
            Heading.text("last error")),
        tables.stream()
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

  private static String lastErrorAt(TableReport table) {
    return table.lastErrorAt().isPresent() ? seconds(table.lastErrorAt()) : "now";
  }

  private static String seconds(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }

  private static Map<String, Object> document(TableReport table) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", table.table());
    document.put("position", table.position().orElse(null));
    document.put("lag_seconds", table.lag().map(Duration::toSeconds).orElse(null));
    document.put("rows", table.rows());
    document.put("quarantined", table.quarantined());
    document.put("last_poll", table.lastPoll().orElse(null));
    document.put("last_error", table.lastError().orElse(null));
    document.put("last_error_at", table.lastErrorAt().orElse(null));
    return document;
  }
}
