package io.kustomersync.settings;

import java.util.List;

/**
 * Where rows are delivered. Immutable; safe to log.
 *
 * @param names of {@code routes/sinks/<name>.camel.yaml}, in the order of delivery
 * @param options the keys that begin with {@code kustomer.sink.}
 */
public record SinkSettings(List<String> names, SinkOptions options) {
  public SinkSettings {
    names = List.copyOf(names);
  }
}
