package io.kustomersync.karaf;

import io.kustomersync.container.ContainerService;
import io.kustomersync.container.ContainerServices;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The container's services by the name that JNDI, pax-jdbc and pax-jms give them. */
final class NamedServices implements ContainerServices {

  private final BundleContext context;

  NamedServices(BundleContext context) {
    this.context = context;
  }

  /** Works with a service while it is held. */
  @FunctionalInterface
  interface Use<T, E extends Exception> {
    T of(Object service) throws E;
  }

  @Override
  public Optional<Object> identity(ContainerService named) {
    return highest(named).map(found -> found.getProperty(Constants.SERVICE_ID));
  }

  /**
   * Uses the highest ranked service of that kind and name.
   *
   * @return empty when there is none
   */
  <T, E extends Exception> Optional<T> use(ContainerService named, Use<T, E> use) throws E {
    Optional<? extends ServiceReference<?>> found = highest(named);
    Object service = found.map(context::getService).orElse(null);
    if (service == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(use.of(service));
    } finally {
      context.ungetService(found.get());
    }
  }

  private Optional<? extends ServiceReference<?>> highest(ContainerService named) {
    return named.kind().types().stream()
        .flatMap(type -> all(type, named.name()))
        .max(Comparator.naturalOrder());
  }

  private Stream<ServiceReference<?>> all(String type, String name) {
    // The name holds no character that a filter would obey: the settings are checked.
    String filter = "(|(osgi.jndi.service.name=" + name + ")(dataSourceName=" + name + "))";
    try {
      // All: also those of another class space, which the JMS bridge can use.
      ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
      return found == null ? Stream.empty() : Arrays.stream(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("\"" + name + "\" can't be the name of a service", e);
    }
  }
}
