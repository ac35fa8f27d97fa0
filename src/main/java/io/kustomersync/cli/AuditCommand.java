package io.kustomersync.cli;

import io.kustomersync.api.KustomerException;
import io.kustomersync.audit.AuditFinding;
import io.kustomersync.audit.AuditReport;
import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.Repair;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.connector.UsageException;
import io.kustomersync.read.ReadException;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    description = {
      "Compares the database with Kustomer without reading everything, also while another process"
          + " syncs: numbers by time of update, halved where they differ down to the ids.",
      "What was changed within kustomer.overlap is in motion and left out. Ends with 1 if rows are"
          + " missing, extra or stale, or could not be compared."
    })
final class AuditCommand implements Callable<Integer> {
  private static final String DATABASE = "database";
  private static final int FEWEST = 10;

  private final CommandContext context;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: kustomer.tables.")
  private List<String> names = List.of();

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "Calls to Kustomer for each table at most, 10 or more; more of them compare more closely."
              + " Default: ${DEFAULT-VALUE}.")
  private int calls;

  @Option(
      names = "--repair",
      description =
          "Gives all sinks what was found; no checkpoint moves. Not beside another process that"
              + " writes.")
  private boolean repair;

  @Option(names = "--json", description = "As JSON, with every id found.")
  private boolean json;

  AuditCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN, Need.START_DATE);
    check(settings);
    Terminal terminal = context.terminal();
    List<AuditOutcome> outcomes = new ArrayList<>();
    try (OrderlyStop stop = new OrderlyStop(context, settings, OptionalInt.empty())) {
      Connector connector = stop.connector();
      if (repair) {
        LeaseWait.take(connector.state(), false, terminal); // it writes
      }
      for (TableDefinition table : TableChoice.choose(names, settings, connector.source())) {
        outcomes.add(outcome(connector, table));
      }
    }
    AuditText text = new AuditText(outcomes);
    if (json) {
      JsonOutput.print(text.document(), terminal);
    } else {
      text.show(terminal);
    }
    return outcomes.stream().allMatch(AuditOutcome::equal) ? ExitCode.OK : ExitCode.FAILED;
  }

  private void check(Settings settings) {
    if (calls < FEWEST) {
      throw new UsageException("--calls " + calls + ": an audit needs at least " + FEWEST);
    }
    if (!settings.sinks().names().contains(DATABASE)) {
      throw new UsageException(
          "audit compares Kustomer with the database sink, but kustomer.sinks is "
              + String.join(",", settings.sinks().names())
              + ": files and queues can't be asked what they hold. Add database to kustomer.sinks"
              + " and sync, then audit; with --repair all sinks get what was missing.");
    }
  }

  private AuditOutcome outcome(Connector connector, TableDefinition table) {
    try {
      AuditReport report = connector.sinks().audit(table, calls).run();
      return new AuditOutcome(
          report, repair, repair ? repair(connector, table, report) : report.findings());
    } catch (KustomerException.Unauthorized e) {
      throw e;
    } catch (KustomerException | ReadException | IllegalStateException e) {
      // one table's mishap must not hide how the others are
      return new AuditOutcome(
          AuditReport.refused(table.name(), 0, context.said(e)), repair, List.of());
    }
  }

  private List<AuditFinding> repair(
      Connector connector, TableDefinition table, AuditReport report) {
    try {
      return new Repair(connector.sinks()).of(table, report);
    } catch (IllegalStateException e) {
      context.terminal().tell(table.name() + ": not repaired: " + context.said(e));
      return report.findings();
    }
  }
}
