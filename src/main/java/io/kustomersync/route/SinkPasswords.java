package io.kustomersync.route;

import java.util.Optional;

/** Where a sink's Java part gets a password, so that it stands in no URI. Thread-safe. */
@FunctionalInterface
public interface SinkPasswords {

  /** The value of {@code kustomer.sink.<sink>.<option>}. */
  Optional<String> of(String sink, String option);
}
