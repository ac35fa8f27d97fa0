package io.kustomersync.cli;

import io.kustomersync.connector.Connector;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.connector.UsageException;
import io.kustomersync.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reset",
    description =
        "Forgets how far a table is, so that it is read again from the start date. Stop a running"
            + " `run` first. No row is deleted.")
final class ResetCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "1..*", paramLabel = "TABLE")
  private List<String> names = List.of();

  ResetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings();
    try (Connector connector = context.connect(settings)) {
      List<String> kept = connector.state().checkpoints().storedTables();
      for (String name : names) {
        if (!kept.contains(name) && TableChoice.find(name, connector.source().tables()).isEmpty()) {
          throw new UsageException(TableChoice.unknown(name, connector.source().tables()));
        }
      }
      LeaseWait.take(connector.state(), false, context.terminal());
      for (String name : names) {
        connector.state().checkpoints().delete(name);
        context
            .terminal()
            .say(
                name
                    + (kept.contains(name)
                        ? ": position forgotten; the next sync reads it again from "
                            + settings
                                .reading()
                                .startDate()
                                .map(Object::toString)
                                .orElse("the start date")
                            + " and updates the rows in place"
                        : ": had no position; nothing to forget"));
      }
    }
    return ExitCode.OK;
  }
}
