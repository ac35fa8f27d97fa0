package io.kustomersync.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/** A limit as a server may keep it, on virtual time. */
final class MeteredServer {

  enum Window {
    FIXED,
    SLIDING
  }

  enum Headers {
    NONE,
    WITHOUT_RESET,
    WITH_RESET
  }

  private static final long MINUTE = 60_000_000_000L;

  private final int limit;
  private final Window window;
  private final Headers headers;
  private final long phase;
  private final Deque<Long> counted = new ArrayDeque<>();

  MeteredServer(int limit, Window window, Headers headers, long phase) {
    this.limit = limit;
    this.window = window;
    this.headers = headers;
    this.phase = phase;
  }

  int remaining(long now) {
    while (!counted.isEmpty() && counted.peekFirst() <= now - MINUTE) {
      counted.pollFirst();
    }
    if (window == Window.FIXED) {
      while (!counted.isEmpty() && counted.peekFirst() < start(now)) {
        counted.pollFirst();
      }
    }
    return limit - counted.size();
  }

  boolean draw(long now) {
    if (remaining(now) <= 0) {
      return false;
    }
    counted.addLast(now);
    return true;
  }

  RateLimit told(long now) {
    if (headers == Headers.NONE) {
      return RateLimit.UNKNOWN;
    }
    long end = window == Window.FIXED ? start(now) + MINUTE : now + MINUTE;
    return new RateLimit(
        OptionalInt.of(limit),
        OptionalInt.of(remaining(now)),
        headers == Headers.WITH_RESET ? Optional.of(Duration.ofNanos(end - now)) : Optional.empty(),
        Optional.empty());
  }

  private long start(long now) {
    return Math.floorDiv(now - phase, MINUTE) * MINUTE + phase;
  }
}
