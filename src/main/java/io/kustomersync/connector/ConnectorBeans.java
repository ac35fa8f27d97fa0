package io.kustomersync.connector;

import io.kustomersync.api.Budget;
import io.kustomersync.api.NextLink;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.route.ContainerConnections;
import io.kustomersync.route.KustomerHeaders;
import io.kustomersync.route.KustomerToken;
import io.kustomersync.route.PageRows;
import io.kustomersync.route.PollScheduler;
import io.kustomersync.route.RowObjectMapper;
import io.kustomersync.route.RowToJson;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.route.StopSignal;
import io.kustomersync.route.Tables;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.settings.Secret;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SinkOptionsReader;
import io.kustomersync.sink.database.DatabaseSink;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** What the steps that {@code routes/beans.camel.yaml} names, and users' own, find by name. */
record ConnectorBeans(
    Settings settings,
    ContainerConnections connections,
    Clock clock,
    Storage storage,
    Tables tables,
    PollScheduler polls,
    Budget budget,
    StopSignal stop) {

  void bind(Registry registry) {
    RowMapper mapper = new RowMapper(settings.columns().raw(), clock);
    registry.bind("tables", tables);
    registry.bind("polls", polls);
    registry.bind("checkpoints", storage.checkpoints());
    registry.bind("lease", storage.lease());
    registry.bind("quarantine", storage.quarantine());
    registry.bind("reading", reading());
    registry.bind("stop", stop);
    registry.bind("clock", clock);
    registry.bind("budget", budget);
    registry.bind("pageRows", new PageRows(mapper, settings.columns().rules(), storage.schemas()));
    registry.bind("database", storage.database());
    registry.bind(
        "databaseSink", new DatabaseSink(storage.database(), settings.storage().layout()));
    registry.bind("sinkPasswords", sinkPasswords());
    registry.bind("containerConnections", connections);
    registry.bind("objectMapper", RowObjectMapper.create());
    registry.bind("rowToJson", new RowToJson());
    registry.bind("kustomerHeaders", new KustomerHeaders());
    registry.bind(
        "kustomerToken",
        new KustomerToken(() -> settings.connection().apiToken().orElseThrow().value()));
  }

  ReadOptions reading() {
    return new ReadOptions(
        settings.reading().startDate().orElse(Instant.EPOCH),
        settings.reading().pageSize(),
        settings.reading().overlap(),
        settings.reading().readAhead(),
        settings.reading().backfill(),
        new NextLink(settings.connection().url()));
  }

  private SinkPasswords sinkPasswords() {
    Map<String, Secret> passwords = settings.sinks().options().passwords();
    return (sink, option) ->
        Optional.ofNullable(passwords.get(SinkOptionsReader.KEY + sink + "." + option))
            .map(Secret::value);
  }
}
