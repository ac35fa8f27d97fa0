package io.kustomersync.route;

import java.util.Arrays;
import java.util.List;

/** The endpoints of the chosen sinks, {@code direct:sink-<name>}. */
final class Sinks {

  private static final String PREFIX = "direct:sink-";

  private Sinks() {}

  /**
   * @param text parted by commas
   */
  static List<String> of(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  static String endpoint(String name) {
    return PREFIX + name;
  }

  static String name(String endpoint) {
    return endpoint.substring(PREFIX.length());
  }
}
