package io.kustomersync.karaf;

import io.kustomersync.connector.CamelConnector;
import io.kustomersync.container.ContainerCommands;
import io.kustomersync.container.LiveConnector;
import io.kustomersync.route.ContainerConnections;
import io.kustomersync.settings.Configuration;
import io.kustomersync.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ManagedService;

/**
 * Starts the connector when Config Admin has settings for it, and stops it without a trace. Made
 * and called by the framework.
 */
public final class Activator implements BundleActivator {

  private static final String PID = "io.kustomersync";
  private static final String PLACE = "etc/" + PID + ".cfg";

  private Drivers drivers;
  private LiveConnector live;

  @Override
  public void start(BundleContext context) throws IOException {
    Path base = folder("karaf.base", "");
    Path routes = folder("karaf.etc", "etc").resolve("kustomer-sync").resolve("routes");
    ShippedRoutes.of(context.getBundle()).copyTo(routes);
    NamedServices services = new NamedServices(context);
    drivers = Drivers.register(services);
    ContainerConnections connections = new ServiceConnections(services);
    Clock clock = Clock.systemUTC();
    Map<String, String> defaults =
        Map.of(
            "kustomer.routes",
            routes.toString(),
            // Not below data/, which "karaf clean" empties.
            "kustomer.database.url",
            "jdbc:h2:file:kustomer-sync/kustomer;AUTO_SERVER=TRUE",
            "kustomer.sink.jsonl.folder",
            "kustomer-sync/jsonl",
            "kustomer.sink.csv.folder",
            "kustomer-sync/csv");
    live =
        new LiveConnector(
            (values, warnings) ->
                new SettingsReader(
                    base,
                    new Configuration(PLACE, defaults, values),
                    System.getenv(),
                    clock,
                    warnings),
            settings -> CamelConnector.start(settings, connections),
            services);
    context.registerService(LiveConnector.class, live, new Hashtable<>());
    context.registerService(
        ContainerCommands.class,
        new ContainerCommands(base, live::reader, clock, live::borrow),
        new Hashtable<>());
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Constants.SERVICE_PID, PID);
    context.registerService(ManagedService.class, new Configured(PLACE, live), properties);
  }

  private static Path folder(String property, String otherwise) {
    return Path.of(System.getProperty(property, otherwise)).toAbsolutePath().normalize();
  }

  @Override
  public void stop(BundleContext context) {
    live.close();
    drivers.close();
  }
}
