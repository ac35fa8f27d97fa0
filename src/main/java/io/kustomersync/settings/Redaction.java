package io.kustomersync.settings;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/** Takes our secrets out of texts that others wrote, such as a driver's messages. Thread-safe. */
public final class Redaction {
  /** Shorter ones would blot out common words, and guard nothing. */
  private static final int SHORTEST = 4;

  private final Set<String> secrets = new ConcurrentSkipListSet<>();

  public void add(Settings settings) {
    Stream<Secret> ours =
        Stream.of(
                settings.connection().apiToken(),
                settings.storage().database().password(),
                settings.storage().checkpoint().password())
            .flatMap(java.util.Optional::stream);
    Stream.concat(ours, settings.sinks().options().passwords().values().stream())
        .map(Secret::value)
        .filter(secret -> secret.length() >= SHORTEST)
        .forEach(secrets::add);
  }

  public String apply(String text) {
    String plain = text;
    for (String secret : secrets) {
      plain = plain.replace(secret, "…");
    }
    return plain;
  }
}
