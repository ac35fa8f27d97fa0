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
import picocli.CommandLine.Parameters;

@Command(
    name = "sync",
    description =
        "Catches up once and exits. Stopped halfway, it keeps what was delivered; the next one goes"
            + " on from there.")
final class SyncCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: kustomer.tables.")
  private List<String> names = List.of();

  @Option(names = "--wait", description = "Waits if another process is at work on these tables.")
  private boolean wait;

  SyncCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN, Need.START_DATE);
    try (OrderlyStop stop = new OrderlyStop(context, settings, OptionalInt.empty())) {
      List<TableDefinition> tables = TableChoice.choose(names, settings, stop.connector().source());
      LeaseWait.take(stop.connector().state(), wait, context.terminal());
      return new SyncOnce(stop.connector(), context).run(tables) ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
