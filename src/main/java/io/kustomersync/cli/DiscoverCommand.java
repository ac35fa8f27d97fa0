package io.kustomersync.cli;

import io.kustomersync.api.KustomerException;
import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import io.kustomersync.inspection.DiscoveredTable;
import io.kustomersync.inspection.Discovery;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "discover",
    description =
        "Lists tables and their columns with types, custom classes included, as the first records"
            + " of each show them. Writes nothing.")
final class DiscoverCommand implements Callable<Integer>, Discovery.Listener {
  private final CommandContext context;
  private final List<DiscoveredTable> found = new ArrayList<>();
  private boolean failed;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all tables.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DiscoverCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN).retryingOnce();
    try (Connector connector = context.connect(settings)) {
      new Discovery(connector.source(), settings, context.clock(), this).run(names);
    }
    if (json) {
      JsonOutput.print(found.stream().map(DiscoverCommand::document).toList(), context.terminal());
    }
    return failed ? ExitCode.FAILED : ExitCode.OK;
  }

  @Override
  public void found(DiscoveredTable table) {
    if (json) {
      found.add(table);
    } else {
      show(table);
    }
  }

  @Override
  public void failed(String table, KustomerException failure) {
    context.terminal().tell(table + ": " + context.said(failure));
    failed = true;
  }

  private void show(DiscoveredTable table) {
    context.terminal().say(table.table());
    List<List<String>> rows =
        table.columns().stream()
            .map(
                column ->
                    List.of("  " + column.name(), column.type(), column.from().orElse("(added)")))
            .toList();
    context
        .terminal()
        .show(
            new TextTable(
                List.of(Heading.text("  column"), Heading.text("type"), Heading.text("from")),
                rows));
    context.terminal().say("");
  }

  private static Map<String, Object> document(DiscoveredTable table) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", table.table());
    document.put(
        "columns",
        table.columns().stream()
            .map(
                column -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("name", column.name());
                  fields.put("type", column.type());
                  fields.put("from", column.from().orElse(null));
                  return fields;
                })
            .toList());
    return document;
  }
}
