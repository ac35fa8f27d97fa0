package io.kustomersync.connector;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.api.Budget;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.Holder;
import io.kustomersync.checkpoint.JdbcCheckpointRepository;
import io.kustomersync.checkpoint.JdbcQuarantineRepository;
import io.kustomersync.checkpoint.JdbcSchemaRepository;
import io.kustomersync.checkpoint.JdbcStore;
import io.kustomersync.checkpoint.Lease;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.Reading;
import io.kustomersync.read.SinkRows;
import io.kustomersync.read.TableAudit;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.route.ContainerConnections;
import io.kustomersync.route.KustomerHeaders;
import io.kustomersync.route.KustomerToken;
import io.kustomersync.route.PageRows;
import io.kustomersync.route.Poll;
import io.kustomersync.route.PollCounts;
import io.kustomersync.route.Polls;
import io.kustomersync.route.QuartzFunction;
import io.kustomersync.route.RowObjectMapper;
import io.kustomersync.route.RowToJson;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.route.StopSignal;
import io.kustomersync.route.Tables;
import io.kustomersync.route.Variables;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.settings.JdbcUrl;
import io.kustomersync.settings.RouteFiles;
import io.kustomersync.settings.Secret;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsException;
import io.kustomersync.settings.SinkOptionsReader;
import io.kustomersync.sink.database.DatabaseSink;
import io.kustomersync.sink.database.StoredRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector as camel-main runs it, with the routes of the settings' folder. Thread-safe. */
public final class CamelConnector implements Connector {

  private static final Logger LOG = LoggerFactory.getLogger(CamelConnector.class);

  /** SIGTERM has 10 s in all: this long for the pages in hand, the rest to close up. */
  private static final Duration PAGE_IN_HAND = Duration.ofSeconds(8);

  private final Settings settings;
  private final Clock clock;
  private final Main main;
  private final Tables tables;
  private final Polls polls;
  private final Budget budget;
  private final StopSignal stop = new StopSignal();
  private final HikariDataSource database;
  private final HikariDataSource checkpointDatabase;
  private final JdbcStore store;
  private final Lease lease;
  private final CheckpointRepository checkpoints;
  private final SchemaRepository schemas;
  private final QuarantineRepository quarantine;
  private final ProducerTemplate template;
  private boolean serversChecked;

  /**
   * Loads the routes and starts them; no table is polled and no database opened yet.
   *
   * @throws Exception Camel's own, when a route file is broken: it names file, line and column
   */
  public static CamelConnector start(Settings settings) throws Exception {
    return start(settings, ContainerConnections.NONE);
  }

  /** The same where a container has connections to queues. */
  public static CamelConnector start(Settings settings, ContainerConnections connections)
      throws Exception {
    return new CamelConnector(settings, connections, Clock.systemUTC());
  }

  private CamelConnector(Settings settings, ContainerConnections connections, Clock clock)
      throws Exception {
    this.settings = settings;
    this.clock = clock;
    String routes = new RouteFiles(settings.routes()).includePattern(settings.sinks().names());
    budget = new Budget(settings.connection().budgetShare());
    database =
        DataSources.of(settings.storage().database(), "database", settings.storage().lease());
    checkpointDatabase =
        settings.storage().checkpoint().equals(settings.storage().database())
            ? database
            : DataSources.of(
                settings.storage().checkpoint(), "checkpoint", settings.storage().lease());
    store = new JdbcStore(checkpointDatabase, JdbcUrl.shown(settings.storage().checkpoint().url()));
    DefaultCamelContext context = new DefaultCamelContext(false);
    // In an OSGi container the thread's own class loader does not see our classes.
    context.setApplicationContextClassLoader(CamelConnector.class.getClassLoader());
    tables = new Tables(context);
    polls = new Polls(context);
    lease =
        new Lease(
            store,
            settings.connection().resource(),
            settings.storage().lease(),
            clock,
            this::overtaken);
    checkpoints = new JdbcCheckpointRepository(store, settings.connection().resource(), lease);
    schemas = new JdbcSchemaRepository(store, settings.connection().resource(), lease);
    quarantine = new JdbcQuarantineRepository(store, settings.connection().resource(), lease);
    bind(context, connections);
    main =
        new Main() {
          @Override
          protected CamelContext createCamelContext() {
            return context;
          }
        };
    configure(routes);
    boolean started = false;
    try {
      main.start();
      template = context.createProducerTemplate();
      checkSinks(context);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private void bind(CamelContext context, ContainerConnections connections) {
    PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
    placeholders.addPropertiesFunction(new QuartzFunction());
    // What was checked counts; a variable of the same name would come first otherwise.
    placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
    placeholders.setEnvironmentVariableMode(
        PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
    RowMapper mapper = new RowMapper(settings.columns().raw(), clock);
    Registry registry = context.getRegistry();
    registry.bind("tables", tables);
    registry.bind("polls", polls);
    registry.bind("checkpoints", checkpoints);
    registry.bind("lease", lease);
    registry.bind("quarantine", quarantine);
    registry.bind("reading", reading());
    registry.bind("stop", stop);
    registry.bind("clock", clock);
    registry.bind("budget", budget);
    registry.bind("pageRows", new PageRows(mapper, settings.columns().rules(), schemas));
    registry.bind("database", database);
    registry.bind("databaseSink", new DatabaseSink(database, settings.storage().layout()));
    registry.bind("sinkPasswords", sinkPasswords());
    registry.bind("containerConnections", connections);
    registry.bind("objectMapper", RowObjectMapper.create());
    registry.bind("rowToJson", new RowToJson());
    registry.bind("kustomerHeaders", new KustomerHeaders());
    registry.bind(
        "kustomerToken",
        new KustomerToken(() -> settings.connection().apiToken().orElseThrow().value()));
  }

  private SinkPasswords sinkPasswords() {
    Map<String, Secret> passwords = settings.sinks().options().passwords();
    return (sink, option) ->
        Optional.ofNullable(passwords.get(SinkOptionsReader.KEY + sink + "." + option))
            .map(Secret::value);
  }

  private Reading reading() {
    return new Reading(
        settings.reading().startDate().orElse(Instant.EPOCH),
        settings.reading().pageSize(),
        settings.reading().overlap(),
        settings.reading().readAhead(),
        settings.reading().backfill(),
        new NextLink(settings.connection().url()));
  }

  private void configure(String routes) {
    main.configure()
        .withRoutesIncludePattern(routes)
        .withBasePackageScanEnabled(false)
        .withShutdownTimeout((int) PAGE_IN_HAND.toSeconds())
        .withShutdownLogInflightExchangesOnTimeout(false);
    // Camel would also take CAMEL_… variables and -Dcamel.…, past the checks of the settings.
    main.configure()
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        .withAutoConfigurationSystemPropertiesEnabled(false);
    main.setDefaultPropertyPlaceholderLocation("false");
    for (String category : List.of("ssl", "serialization", "dev")) {
      main.addInitialProperty("camel.security.insecure-" + category + "-policy", "fail");
    }
    main.addInitialProperty("kustomer.url", settings.connection().url().toString());
    main.addInitialProperty("kustomer.retries", Integer.toString(settings.connection().retries()));
    main.addInitialProperty("kustomer.raw", Boolean.toString(settings.columns().raw()));
    main.addInitialProperty("kustomer.resource", settings.connection().resource());
    main.addInitialProperty("kustomer.schedule", settings.reading().schedule().expression());
    main.addInitialProperty(
        "kustomer.max-answer-size", Long.toString(settings.connection().maxAnswerSize()));
    main.addInitialProperty(
        "kustomer.sink-routes",
        String.join(
            ",", settings.sinks().names().stream().map(sink -> "direct:sink-" + sink).toList()));
    // So that "marshal: json" can write a row's times.
    main.addInitialProperty("camel.dataformat.jackson.autoDiscoverObjectMapper", "true");
    main.addInitialProperty("kustomer.home", settings.home().toString());
    settings.sinks().options().forEach(main::addInitialProperty);
    settings.camel().properties().forEach(main::addInitialProperty);
  }

  private void checkSinks(CamelContext context) {
    List<String> problems =
        settings.sinks().names().stream()
            .filter(sink -> context.getRoute("sink-" + sink) == null)
            .map(
                sink ->
                    settings.routes().resolve("sinks").resolve(sink + ".camel.yaml")
                        + ": has no route with the id \"sink-"
                        + sink
                        + "\"; give it that id, and \"from\" direct:sink-"
                        + sink)
            .toList();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  @Override
  public List<TableDefinition> tables() {
    return tables.all();
  }

  @Override
  public TableDefinition define(String table, String klass) {
    return tables.define(table, klass);
  }

  @Override
  public Kustomer kustomer() {
    return request -> {
      Exchange exchange =
          template.send("direct:kustomer", call -> call.getMessage().setBody(request));
      if (exchange.getException() instanceof KustomerException refused) {
        throw refused;
      } else if (exchange.getException() != null) {
        throw new IllegalStateException(request + " failed", exchange.getException());
      }
      return exchange.getMessage().getBody(Page.class);
    };
  }

  @Override
  public CheckpointRepository checkpoints() {
    return checkpoints;
  }

  @Override
  public QuarantineRepository quarantine() {
    return quarantine;
  }

  @Override
  public Optional<Exception> retry(QuarantineEntry entry) {
    return new QuarantineRetry(template, schemas, quarantine, settings).of(entry);
  }

  @Override
  public Optional<Holder> takeLease() {
    checkServers();
    return lease.take();
  }

  /** Nothing is written to a server that breaks a condition of what is promised. */
  private synchronized void checkServers() {
    if (!serversChecked) {
      ServerConditions conditions =
          ServerConditions.of(
              database, checkpointDatabase, settings.sinks().names().contains("database"));
      if (!conditions.broken().isEmpty()) {
        throw new SettingsException(conditions.broken());
      }
      conditions.risks().forEach(LOG::warn);
      serversChecked = true;
    }
  }

  private void requireLease() {
    takeLease()
        .ifPresent(
            other -> {
              throw new LeaseException(other);
            });
  }

  private void overtaken(LeaseException loss) {
    stop.raise();
    polls.stopAll(loss);
  }

  @Override
  public TableAudit audit(TableDefinition table, int calls) {
    return TableAudit.of(table, reading(), calls, kustomer(), stored(table), checkpoints, clock);
  }

  @Override
  public SinkRows stored(TableDefinition table) {
    return new StoredRows(
        database,
        settings.storage().layout(),
        new SinkTables(new JdbcSchemaRepository(store, settings.connection().resource()))
            .of(table));
  }

  @Override
  public void deliver(TableDefinition table, Delivery delivery) {
    Exchange exchange =
        template.send(
            "direct:deliver",
            call -> {
              call.setVariable(Variables.POLL, Poll.ofRecords(table));
              call.getMessage().setBody(delivery);
            });
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          table.name() + ": a sink refused the rows", exchange.getException());
    }
  }

  @Override
  public long calls() {
    return budget.calls();
  }

  @Override
  public Result sync(TableDefinition table, Listener listener) {
    Instant begin = clock.instant();
    try {
      requireLease();
    } catch (CheckpointException e) {
      return new Result(progress(table, null), Duration.ZERO, Optional.of(e));
    }
    Consumer<Poll> watcher = poll -> listener.delivered(progress(table, poll));
    Exchange exchange =
        template.send(
            "direct:poll",
            call -> {
              call.setVariable(Variables.TABLE, table.name());
              call.setVariable(Variables.WATCHER, watcher);
            });
    Exception failure = exchange.getVariable(Variables.FAILURE, Exception.class);
    Poll poll = exchange.getVariable(Variables.POLL, Poll.class);
    if (failure == null && exchange.getException() != null) {
      failure = exchange.getException();
    }
    boolean stopped = stop.raised() && (failure != null || !poll.caughtUp());
    if (stopped && !(failure instanceof LeaseException)) {
      failure = new InterruptedException("stopped before the end; the next sync goes on from here");
    }
    return new Result(
        progress(table, poll),
        Duration.between(begin, clock.instant()),
        Optional.ofNullable(failure));
  }

  private static Progress progress(TableDefinition table, Poll poll) {
    PollCounts counts = poll == null ? PollCounts.NONE : poll.counts();
    return new Progress(
        table.name(),
        counts.read(),
        counts.delivered(),
        counts.unchanged(),
        counts.deleted(),
        counts.quarantined(),
        poll == null || poll.remaining().isEmpty()
            ? Optional.empty()
            : Optional.of(poll.remaining().getAsLong()));
  }

  @Override
  public void startSchedule(Collection<TableDefinition> chosen) {
    store.open(); // a schedule that can't save anything is not begun
    requireLease();
    for (TableDefinition table : chosen) {
      polls.start(table.name());
    }
  }

  @Override
  public CompletableFuture<Exception> end() {
    return polls.end();
  }

  @Override
  public void close() {
    stop.raise();
    budget.close();
    main.stop();
    lease.close();
    database.close();
    checkpointDatabase.close();
  }
}
