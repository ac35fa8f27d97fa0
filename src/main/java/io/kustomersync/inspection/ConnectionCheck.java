package io.kustomersync.inspection;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerException;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.connector.KustomerSource;
import io.kustomersync.connector.ServerConditions;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.Settings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tests the databases, the connection, the token and its role for each chosen table. Writes no
 * data. For one run; not thread-safe.
 */
public final class ConnectionCheck {
  /** Live search reaches back two years (kustomer-api.md §3.6); any span will do for a probe. */
  private static final Duration PROBED = Duration.ofDays(365);

  private final Settings settings;
  private final ConnectorFactory connectors;
  private final Clock clock;
  private final Consumer<CheckResult> results;
  private boolean good = true;

  /**
   * @param results told of each part as soon as it has been tried
   */
  public ConnectionCheck(
      Settings settings, ConnectorFactory connectors, Clock clock, Consumer<CheckResult> results) {
    this.settings = settings;
    this.connectors = connectors;
    this.clock = clock;
    this.results = results;
  }

  /**
   * @param names of the tables; those of {@code kustomer.tables} if empty
   * @return whether all is well
   * @throws Exception when the routes can't be started
   */
  public boolean run(List<String> names) throws Exception {
    databases();
    if (!good) {
      return false; // the connector could not start with it
    }
    try (Connector connector = connectors.start(settings)) {
      KustomerSource source = connector.source();
      List<TableDefinition> tables = TableChoice.choose(names, settings, source);
      ask(settings.connection().url().toString(), source, ProbeRequest.token());
      if (!good) {
        return false; // nor would any table be read
      }
      Instant since = clock.instant().minus(PROBED);
      for (TableDefinition table : tables) {
        ask(table.name(), source, ProbeRequest.of(table, since, 1));
      }
    }
    return good;
  }

  private void databases() throws SQLException {
    boolean together = settings.storage().checkpoint().equals(settings.storage().database());
    if (settings.sinks().names().contains("database") || together) {
      probe("database", settings.storage().database(), together);
    }
    if (!together) {
      // Positions that are lost are read again, whatever holds the rows.
      probe("checkpoints", settings.storage().checkpoint(), true);
    }
  }

  private void probe(String part, DatabaseAddress address, boolean together) throws SQLException {
    Optional<SQLException> problem = DatabaseProbe.problem(address);
    if (problem.isPresent()) {
      tell(new CheckResult.Failed(part, problem.get()));
      return;
    }
    ServerConditions conditions = DatabaseProbe.conditions(part, address, together);
    conditions.broken().forEach(text -> tell(new CheckResult.Broken(text)));
    conditions.risks().forEach(text -> tell(new CheckResult.Risk(text)));
    if (conditions.broken().isEmpty()) {
      tell(new CheckResult.Works(part));
    }
  }

  private void ask(String part, KustomerSource source, ApiRequest request) {
    try {
      source.kustomer().ask(request);
      tell(new CheckResult.Works(part));
    } catch (KustomerException.Refused answered) {
      // 200, though not a page: the shape of a token's record is not documented.
      boolean fine = answered.status() == 200 && request.equals(ProbeRequest.token());
      tell(fine ? new CheckResult.Works(part) : new CheckResult.Failed(part, answered));
    } catch (KustomerException failure) {
      tell(new CheckResult.Failed(part, failure));
    }
  }

  private void tell(CheckResult result) {
    good &= result.good();
    results.accept(result);
  }
}
