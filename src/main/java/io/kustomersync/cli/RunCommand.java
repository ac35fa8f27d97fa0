package io.kustomersync.cli;

import io.kustomersync.connector.TableChoice;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description =
        "Keeps up on schedule until stopped (SIGTERM, Ctrl-C): it then finishes or rolls back the"
            + " page in hand within 10 s.")
final class RunCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--wait", description = "Waits if another process is at work on these tables.")
  private boolean wait;

  RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN, Need.START_DATE);
    try (OrderlyStop stop = new OrderlyStop(context, settings, OptionalInt.of(ExitCode.OK))) {
      List<TableDefinition> tables =
          TableChoice.choose(List.of(), settings, stop.connector().source());
      LeaseWait.take(stop.connector().state(), wait, context.terminal());
      stop.connector().polling().startSchedule(tables);
      context
          .terminal()
          .tell(
              "Running "
                  + settings.reading().schedule()
                  + ": "
                  + String.join(", ", tables.stream().map(TableDefinition::name).toList())
                  + ". Stop with Ctrl-C or SIGTERM.");
      // A signal's hook ends the process; this ends it when the token is refused or another process
      // took over.
      throw stop.connector().polling().end().get();
    }
  }
}
