package io.kustomersync.cli;

import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.connector.UsageException;
import io.kustomersync.inspection.Sample;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.schema.Mapped;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "preview", description = "Shows the first rows of a table; writes nothing.")
final class PreviewCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "TABLE", description = "E.g. customers, kobject_order.")
  private String name;

  @Option(
      names = "--rows",
      defaultValue = "10",
      description = "How many, 1 to 500; default ${DEFAULT-VALUE}.")
  private int rows;

  @Option(names = "--json", description = "All columns, whole values, as JSON.")
  private boolean json;

  PreviewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (rows < 1 || rows > 500) {
      throw new UsageException("--rows " + rows + " is outside 1..500; write --rows 10");
    }
    Settings settings = context.settings(Need.TOKEN).retryingOnce();
    try (Connector connector = context.connect(settings)) {
      Mapped page = read(connector, new Sample(connector.kustomer(), settings, context.clock()));
      if (json) {
        JsonOutput.print(page.rows(), context.terminal());
      } else if (page.rows().isEmpty()) {
        context.terminal().say(name + ": no rows");
      } else {
        context.terminal().show(RowTable.of(page));
      }
    }
    return ExitCode.OK;
  }

  private Mapped read(Connector connector, Sample sample) {
    Optional<TableDefinition> table = TableChoice.find(name, connector.tables());
    if (table.isPresent()) {
      return sample.of(table.get(), rows);
    }
    Map<String, String> classes = name.startsWith("kobject_") ? sample.classes() : Map.of();
    if (!classes.containsKey(name)) {
      throw new UsageException(
          TableChoice.unknown(name, connector.tables())
              + (classes.isEmpty() ? "" : ", " + String.join(", ", classes.keySet())));
    }
    return sample.ofClass(name, classes.get(name), rows);
  }
}
