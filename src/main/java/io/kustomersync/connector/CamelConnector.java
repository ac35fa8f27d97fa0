package io.kustomersync.connector;

import io.kustomersync.api.Budget;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.route.ContainerConnections;
import io.kustomersync.route.PollScheduler;
import io.kustomersync.route.StopSignal;
import io.kustomersync.route.Tables;
import io.kustomersync.settings.RouteFiles;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsException;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;

/** The connector as camel-main runs it, with the routes of the settings' folder. */
public final class CamelConnector {

  private final Budget budget;
  private final StopSignal stop = new StopSignal();
  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private final Tables tables = new Tables(context);
  private final PollScheduler polls = new PollScheduler(context);
  private final Storage storage;
  private final Main main =
      new Main() {
        @Override
        protected CamelContext createCamelContext() {
          return context;
        }
      };

  /**
   * Loads the routes and starts them; no table is polled and no database opened yet.
   *
   * @throws Exception Camel's own, when a route file is broken: it names file, line and column
   */
  public static Connector start(Settings settings) throws Exception {
    return start(settings, ContainerConnections.NONE);
  }

  /** The same where a container has connections to queues. */
  public static Connector start(Settings settings, ContainerConnections connections)
      throws Exception {
    Clock clock = Clock.systemUTC();
    String routes = new RouteFiles(settings.routes()).includePattern(settings.sinks().names());
    CamelConnector engine = new CamelConnector(settings, clock);
    boolean started = false;
    try {
      Connector connector = engine.start(settings, routes, connections, clock);
      started = true;
      return connector;
    } finally {
      if (!started) {
        engine.close();
      }
    }
  }

  private CamelConnector(Settings settings, Clock clock) {
    budget = new Budget(settings.connection().budgetShare());
    storage = new Storage(settings, clock, this::overtaken);
  }

  private Connector start(
      Settings settings, String routes, ContainerConnections connections, Clock clock)
      throws Exception {
    // In an OSGi container the thread's own class loader does not see our classes.
    context.setApplicationContextClassLoader(CamelConnector.class.getClassLoader());
    CamelProperties.placeholders(context, clock);
    ConnectorBeans beans =
        new ConnectorBeans(settings, connections, clock, storage, tables, polls, budget, stop);
    beans.bind(context.getRegistry());
    new CamelProperties(settings, routes).give(main);
    main.start();
    checkSinks(settings);
    ProducerTemplate template = context.createProducerTemplate();
    CamelSource source = new CamelSource(template, tables, budget);
    return new Connector(
        source,
        storage,
        new CamelPolling(template, polls, storage, stop, clock),
        new CamelSinks(template, source.kustomer(), beans.reading(), storage, settings, clock),
        this::close);
  }

  private void checkSinks(Settings settings) {
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

  private void overtaken(LeaseException loss) {
    stop.raise();
    polls.stopAll(loss);
  }

  private void close() {
    stop.raise();
    budget.close();
    main.stop();
    storage.close();
  }
}
