package io.kustomersync.read;

import java.time.Instant;
import java.util.Optional;

/** A span of creation times {@code [from, before)}; an empty side is open. */
record CreatedSpan(Optional<Instant> from, Optional<Instant> before) {

  static final CreatedSpan ALL = new CreatedSpan(Optional.empty(), Optional.empty());

  CreatedSpan until(Instant middle) {
    return new CreatedSpan(from, Optional.of(middle));
  }

  CreatedSpan since(Instant middle) {
    return new CreatedSpan(Optional.of(middle), before);
  }
}
