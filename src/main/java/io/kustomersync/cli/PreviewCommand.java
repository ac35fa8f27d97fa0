package io.kustomersync.cli;

import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.connector.Connector;
import io.kustomersync.inspection.Preview;
import io.kustomersync.schema.Mapped;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
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
    Preview.checkRows(rows);
    Settings settings = context.settings(Need.TOKEN).retryingOnce();
    try (Connector connector = context.connect(settings)) {
      Mapped page = new Preview(connector.source(), settings, context.clock()).of(name, rows);
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
}
