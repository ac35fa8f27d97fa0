package io.kustomersync.container;

import io.kustomersync.settings.BrokerUrl;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SinkOptionsReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service of the container that the settings name as {@code osgi:<name>}.
 *
 * @param name what the container's own properties call it
 */
public record ContainerService(Kind kind, String name) {

  /** What a service is for. */
  public enum Kind {
    DATA_SOURCE(
        List.of("javax.sql.DataSource"),
        "javax.sql.DataSource",
        "osgi.jndi.service.name or dataSourceName",
        "service:list DataSource shows them"),
    CONNECTION_FACTORY(
        List.of("jakarta.jms.ConnectionFactory", "javax.jms.ConnectionFactory"),
        "JMS ConnectionFactory",
        "osgi.jndi.service.name",
        "service:list shows them");

    private final List<String> types;
    private final String shown;
    private final String property;
    private final String hint;

    Kind(List<String> types, String shown, String property, String hint) {
      this.types = types;
      this.shown = shown;
      this.property = property;
      this.hint = hint;
    }

    /** The classes it may be registered under. */
    public List<String> types() {
      return types;
    }
  }

  private static final String DATABASE = "jdbc:osgi:";

  /** All that these settings need. */
  static Set<ContainerService> of(Settings settings) {
    Set<ContainerService> needed = new LinkedHashSet<>();
    Stream.of(settings.storage().database(), settings.storage().checkpoint())
        .map(DatabaseAddress::url)
        .filter(url -> url.startsWith(DATABASE))
        .map(url -> new ContainerService(Kind.DATA_SOURCE, url.substring(DATABASE.length())))
        .forEach(needed::add);
    settings.sinks().names().stream()
        .map(sink -> settings.sinks().options().plain().getOrDefault(urlOf(sink), ""))
        .filter(url -> url.startsWith(BrokerUrl.IN_CONTAINER))
        .map(
            url ->
                new ContainerService(
                    Kind.CONNECTION_FACTORY, url.substring(BrokerUrl.IN_CONTAINER.length())))
        .forEach(needed::add);
    return needed;
  }

  private static String urlOf(String sink) {
    return SinkOptionsReader.KEY + sink + ".url";
  }

  /** That it is not there, and how to see what is. */
  public String missing() {
    return "the container has no %s whose %s is \"%s\" (%s)"
        .formatted(kind.shown, kind.property, name, kind.hint);
  }

  @Override
  public String toString() {
    return kind.shown + " \"" + name + '"';
  }
}
