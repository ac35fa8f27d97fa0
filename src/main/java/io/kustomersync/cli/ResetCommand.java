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
  private final KustomerSync program;

  @Parameters(arity = "1..*", paramLabel = "TABLE")
  private List<String> names = List.of();

  ResetCommand(KustomerSync program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = program.settings();
    try (Connector connector = program.connect(settings)) {
      List<String> kept = connector.checkpoints().storedTables();
      for (String name : names) {
        if (!kept.contains(name) && TableChoice.find(name, connector.tables()).isEmpty()) {
          throw new UsageException(TableChoice.unknown(name, connector.tables()));
        }
      }
      LeaseWait.take(connector, false, program.terminal());
      for (String name : names) {
        connector.checkpoints().delete(name);
        program
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
    return KustomerSync.OK;
  }
}
