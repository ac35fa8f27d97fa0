package io.kustomersync.cli;

import io.kustomersync.inspection.CheckResult;
import io.kustomersync.inspection.ConnectionCheck;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Tests the connection, the key's permission for each chosen table, and the database."
            + " Writes no data.")
final class CheckCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: kustomer.tables.")
  private List<String> names = List.of();

  CheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN).retryingOnce();
    ConnectionCheck check =
        new ConnectionCheck(
            settings,
            context::connect,
            context.clock(),
            result -> context.terminal().say(line(result)));
    return check.run(names) ? ExitCode.OK : ExitCode.FAILED;
  }

  private String line(CheckResult result) {
    if (result instanceof CheckResult.Failed failed) {
      String kind = failed.forbidden() ? ": forbidden: " : ": failed: ";
      return failed.part() + kind + context.said(failed.failure());
    } else if (result instanceof CheckResult.Broken broken) {
      return broken.text();
    } else if (result instanceof CheckResult.Risk risk) {
      return "warning: " + risk.text();
    }
    return ((CheckResult.Works) result).part() + ": ok";
  }
}
