package io.kustomersync.settings;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What the sinks' files are given: the keys {@code kustomer.sink.<name>.<option>}. Immutable; safe
 * to log.
 *
 * @param plain key → value
 * @param passwords the keys that end in {@code password}
 */
public record SinkOptions(Map<String, String> plain, Map<String, Secret> passwords) {

  public SinkOptions {
    plain = Map.copyOf(plain);
    passwords = Map.copyOf(passwords);
  }

  /** Every key with its value, passwords too. */
  public void forEach(BiConsumer<String, String> taker) {
    plain.forEach(taker);
    passwords.forEach((key, secret) -> taker.accept(key, secret.value()));
  }
}
