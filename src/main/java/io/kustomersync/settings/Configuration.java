package io.kustomersync.settings;

import java.util.Map;

/**
 * Settings that a container keeps, in place of {@code application.properties}.
 *
 * @param place what messages call it, e.g. {@code etc/io.kustomersync.cfg}
 * @param defaults this container's own, for keys that are set nowhere
 * @param values as written there; the environment overrides them
 */
public record Configuration(
    String place, Map<String, String> defaults, Map<String, String> values) {
  public Configuration {
    defaults = Map.copyOf(defaults);
    values = Map.copyOf(values);
  }
}
