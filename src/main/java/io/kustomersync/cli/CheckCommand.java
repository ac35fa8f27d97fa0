package io.kustomersync.cli;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerException;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.ServerConditions;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.inspection.DatabaseProbe;
import io.kustomersync.inspection.ProbeRequest;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Tests the connection, the key's permission for each chosen table, and the database."
            + " Writes no data.")
final class CheckCommand implements Callable<Integer> {
  /** Live search reaches back two years (kustomer-api.md §3.6); any span will do for a probe. */
  private static final Duration PROBED = Duration.ofDays(365);

  private final CommandContext context;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: kustomer.tables.")
  private List<String> names = List.of();

  CheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings(Need.TOKEN).retryingOnce();
    boolean together = settings.checkpoint().equals(settings.database());
    boolean good = true;
    if (settings.sinks().contains("database") || together) {
      good = probe("database", settings.database(), together);
    }
    if (!together) {
      // Positions that are lost are read again, whatever holds the rows.
      good &= probe("checkpoints", settings.checkpoint(), true);
    }
    if (!good) {
      // The connector could not start with it.
      return ExitCode.FAILED;
    }
    try (Connector connector = context.connect(settings)) {
      List<TableDefinition> tables = TableChoice.choose(names, settings, connector);
      if (!say(settings.url().toString(), ask(connector, ProbeRequest.token()))) {
        return ExitCode.FAILED;
      }
      Instant since = context.clock().instant().minus(PROBED);
      for (TableDefinition table : tables) {
        good &= say(table.name(), ask(connector, ProbeRequest.of(table, since, 1)));
      }
    }
    return good ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean probe(String what, DatabaseAddress address, boolean together)
      throws SQLException {
    Optional<SQLException> problem = DatabaseProbe.problem(address);
    if (problem.isPresent()) {
      return say(what, problem);
    }
    ServerConditions conditions = DatabaseProbe.conditions(what, address, together);
    conditions.broken().forEach(context.terminal()::say);
    conditions.risks().forEach(risk -> context.terminal().say("warning: " + risk));
    return conditions.broken().isEmpty() && say(what, problem);
  }

  private Optional<Exception> ask(Connector connector, ApiRequest request) {
    try {
      connector.kustomer().ask(request);
      return Optional.empty();
    } catch (KustomerException.Refused answered) {
      // 200, though not a page: the shape of a token's record is not documented.
      boolean fine = answered.status() == 200 && request.equals(ProbeRequest.token());
      return fine ? Optional.empty() : Optional.of(answered);
    } catch (KustomerException failure) {
      return Optional.of(failure);
    }
  }

  private boolean say(String what, Optional<? extends Exception> problem) {
    if (problem.isEmpty()) {
      context.terminal().say(what + ": ok");
      return true;
    }
    String kind = problem.get() instanceof KustomerException.Forbidden ? "forbidden" : "failed";
    context.terminal().say(what + ": " + kind + ": " + context.said(problem.get()));
    return false;
  }
}
