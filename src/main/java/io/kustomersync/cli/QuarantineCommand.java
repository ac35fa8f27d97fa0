package io.kustomersync.cli;

import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "quarantine",
    synopsisSubcommandLabel = "(list | retry)",
    description =
        "Rows that a sink could not take because of what is in them. A newer version of a record"
            + " that goes through takes it out.")
final class QuarantineCommand implements Runnable {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  QuarantineCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "quarantine: write list or retry");
  }

  @Command(name = "list", description = "Shows what is held and why.")
  int list(
      @Option(names = "--json", description = "As JSON, with row and record.") boolean json,
      @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all.")
          List<String> names)
      throws Exception {
    List<QuarantineEntry> entries;
    try (Connector connector = context.connect(context.settings())) {
      entries = chosen(connector, names);
    }
    if (json) {
      JsonOutput.print(
          entries.stream().map(QuarantineCommand::document).toList(), context.terminal());
    } else if (entries.isEmpty()) {
      context.terminal().say("The quarantine is empty.");
    } else {
      context.terminal().show(table(entries));
      // whole, since a table cuts what is longer than a line
      for (QuarantineEntry entry : entries) {
        String row = entry.table() + " " + entry.id() + ", " + entry.place();
        context.terminal().say(row + ": " + entry.reason());
      }
    }
    return ExitCode.OK;
  }

  @Command(
      name = "retry",
      description =
          "Gives each row once more to the sink that refused it, after you have mended the sink.")
  int retry(
      @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all.")
          List<String> names)
      throws Exception {
    int through = 0;
    int kept = 0;
    try (Connector connector = context.connect(context.settings())) {
      LeaseWait.take(connector.state(), false, context.terminal());
      for (QuarantineEntry entry : chosen(connector, names)) {
        Optional<Exception> failure = connector.sinks().retry(entry);
        if (failure.isEmpty()) {
          through++;
        } else {
          kept++;
          context
              .terminal()
              .tell(entry.table() + " " + entry.id() + ": " + context.said(failure.get()));
        }
      }
    }
    context.terminal().say(through + " went through, " + kept + " stay in the quarantine");
    return kept == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<QuarantineEntry> chosen(Connector connector, List<String> names) {
    return connector.state().quarantine().all().stream()
        .filter(entry -> names == null || names.isEmpty() || names.contains(entry.table()))
        .toList();
  }

  private TextTable table(List<QuarantineEntry> entries) {
    return new TextTable(
        List.of(
            Heading.text("table"),
            Heading.text("id"),
            Heading.text("place"),
            Heading.text("since")),
        entries.stream()
            .map(
                entry ->
                    List.of(
                        entry.table(),
                        entry.id(),
                        entry.place(),
                        entry.since().truncatedTo(ChronoUnit.SECONDS).toString()))
            .toList());
  }

  private static Map<String, Object> document(QuarantineEntry entry) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", entry.table());
    document.put("id", entry.id());
    document.put("place", entry.place());
    document.put("updated_at", entry.updatedAt().orElse(null));
    document.put("rev", entry.rev().isPresent() ? entry.rev().getAsLong() : null);
    document.put("since", entry.since());
    document.put("reason", entry.reason());
    document.put("row", entry.row().orElse(null));
    document.put("record", entry.record().orElse(null));
    return document;
  }
}
