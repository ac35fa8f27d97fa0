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

  private final KustomerSync program;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: kustomer.tables.")
  private List<String> names = List.of();

  CheckCommand(KustomerSync program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = program.settings(Need.TOKEN).retryingOnce();
    boolean together = settings.storage().checkpoint().equals(settings.storage().database());
    boolean good = true;
    if (settings.sinks().names().contains("database") || together) {
      good = probe("database", settings.storage().database(), together);
    }
    if (!together) {
      // Positions that are lost are read again, whatever holds the rows.
      good &= probe("checkpoints", settings.storage().checkpoint(), true);
    }
    if (!good) {
      // The connector could not start with it.
      return KustomerSync.FAILED;
    }
    try (Connector connector = program.connect(settings)) {
      List<TableDefinition> tables = TableChoice.choose(names, settings, connector);
      if (!say(settings.connection().url().toString(), ask(connector, ProbeRequest.token()))) {
        return KustomerSync.FAILED;
      }
      Instant since = program.clock().instant().minus(PROBED);
      for (TableDefinition table : tables) {
        good &= say(table.name(), ask(connector, ProbeRequest.of(table, since, 1)));
      }
    }
    return good ? KustomerSync.OK : KustomerSync.FAILED;
  }

  private boolean probe(String what, DatabaseAddress address, boolean together)
      throws SQLException {
    Optional<SQLException> problem = DatabaseProbe.problem(address);
    if (problem.isPresent()) {
      return say(what, problem);
    }
    ServerConditions conditions = DatabaseProbe.conditions(what, address, together);
    conditions.broken().forEach(program.terminal()::say);
    conditions.risks().forEach(risk -> program.terminal().say("warning: " + risk));
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
      program.terminal().say(what + ": ok");
      return true;
    }
    String kind = problem.get() instanceof KustomerException.Forbidden ? "forbidden" : "failed";
    program.terminal().say(what + ": " + kind + ": " + program.said(problem.get()));
    return false;
  }
}
