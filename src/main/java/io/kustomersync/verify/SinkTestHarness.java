package io.kustomersync.verify;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.route.ContainerConnections;
import io.kustomersync.route.RowObjectMapper;
import io.kustomersync.route.RowToJson;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.route.Variables;
import io.kustomersync.route.WriteToDatabase;
import io.kustomersync.sink.TablePage;
import io.kustomersync.sink.database.DatabaseSink;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.Registry;

/**
 * A sink's routes, running, with an empty H2 database and an empty folder instead of the user's.
 * Retries are left out: a step that is made to fail fails for good. Used by one thread.
 */
final class SinkTestHarness implements AutoCloseable {

  /** How a delivery ended. */
  enum Outcome {
    /** The next step after the sink was reached: the checkpoint would move. */
    DONE,
    THREW,
    /** Neither: the route ended by itself. */
    ENDED
  }

  record Result(Outcome outcome, Exception failure) {}

  private static final String REACHED = "reached";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  private final HarnessHome home;
  private final boolean keep;
  private final HikariDataSource database;
  private final Main main;
  private final CamelContext context;
  private final ProducerTemplate template;
  final StepInterceptor probe;
  final Store store;

  /**
   * @param keep whether what is stored stays when the lab is closed
   * @param probe a new one
   * @throws Exception Camel's own, when a file is broken: it names file, line and column
   */
  SinkTestHarness(
      HarnessHome home,
      boolean keep,
      Subject subject,
      SinkPasswords passwords,
      StepInterceptor probe)
      throws Exception {
    this.home = home;
    this.keep = keep;
    this.probe = probe;
    database = home.database();
    store = new Store(database, home.folder());
    context = new DefaultCamelContext(false);
    context.getCamelContextExtension().addInterceptStrategy(probe);
    context
        .getCamelContextExtension()
        .setErrorHandlerFactory(new DefaultErrorHandlerDefinition().logExhausted(false));
    // What the user has set is in the properties already, without what must not be touched.
    PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
    placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    bind(context.getRegistry(), passwords);
    main =
        new Main() {
          @Override
          protected CamelContext createCamelContext() {
            return context;
          }
        };
    main.configure()
        .withRoutesIncludePattern(
            String.join(",", subject.files().stream().map(file -> "file:" + file).toList()))
        .withBasePackageScanEnabled(false)
        .withShutdownTimeout(2)
        .withShutdownLogInflightExchangesOnTimeout(false);
    main.configure().withSourceLocationEnabled(true);
    // As the connector has it.
    main.configure()
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        .withAutoConfigurationSystemPropertiesEnabled(false);
    main.configure().addRoutesBuilder(around(subject.sink()));
    main.setDefaultPropertyPlaceholderLocation("false");
    subject.properties().forEach(main::addInitialProperty);
    main.addInitialProperty("camel.dataformat.jackson.autoDiscoverObjectMapper", "true");
    main.addInitialProperty("kustomer.home", home.folder().toString());
    boolean started = false;
    try {
      main.start();
      template = context.createProducerTemplate();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** With nothing in database and folder but what the subject's setup makes. */
  static SinkTestHarness fresh(Subject subject, SinkPasswords passwords) throws Exception {
    StepInterceptor probe = new StepInterceptor(subject.standIn(), StepInterceptor.Watcher.NONE);
    SinkTestHarness lab =
        new SinkTestHarness(HarnessHome.create(), false, subject, passwords, probe);
    for (String sql : subject.setup()) {
      lab.store.execute(sql);
    }
    return lab;
  }

  private void bind(Registry registry, SinkPasswords passwords) {
    registry.bind("clock", CLOCK);
    registry.bind("database", database);
    DatabaseSink sink = new DatabaseSink(database);
    registry.bind("databaseSink", sink);
    registry.bind("writeToDatabase", new WriteToDatabase(sink));
    registry.bind("sinkPasswords", passwords);
    registry.bind("containerConnections", ContainerConnections.NONE);
    registry.bind("objectMapper", RowObjectMapper.create());
    registry.bind("rowToJson", new RowToJson());
  }

  private static RouteBuilder around(String sink) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:verify")
            .routeId(StepInterceptor.OURS + "route")
            .errorHandler(noErrorHandler())
            .to("direct:sink-" + sink)
            .id(StepInterceptor.OURS + "sink")
            .process(exchange -> exchange.setProperty(REACHED, true))
            .id(StepInterceptor.OURS + "reached");
      }
    };
  }

  /** What the files define, without what is ours. */
  List<RouteDefinition> routes() {
    return ((ModelCamelContext) context)
        .getRouteDefinitions().stream()
            .filter(route -> !route.getRouteId().startsWith(StepInterceptor.OURS))
            .toList();
  }

  Result deliver(TablePage page) {
    Exchange exchange =
        template.send(
            "direct:verify",
            call -> {
              call.setVariable(Variables.RESOURCE, "default");
              call.setVariable(Variables.TABLE, page.schema().table());
              call.setVariable(Variables.SCHEMA, page.schema());
              call.setVariable(Variables.PAGE, page.page());
              call.getMessage().setBody(page.rows());
            });
    probe.returned();
    if (exchange.getException() != null) {
      return new Result(Outcome.THREW, exchange.getException());
    }
    boolean reached = exchange.getProperty(REACHED, false, Boolean.class);
    return new Result(reached ? Outcome.DONE : Outcome.ENDED, null);
  }

  /**
   * What the next step of the program does: it saves its checkpoint, by default in this database,
   * and H2 then writes all that was committed before.
   */
  void saveCheckpoint() throws SQLException {
    store.execute("CHECKPOINT SYNC");
  }

  @Override
  public void close() throws IOException {
    main.stop();
    database.close();
    if (!keep) {
      home.close();
    }
  }
}
