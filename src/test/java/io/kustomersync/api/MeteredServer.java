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
  private long windowSeen = Long.MIN_VALUE;
  private int countedInWindow;

  /** Of the fixed windows that ended: how many, and what nobody had used of each. */
  int windowsEnded;

  long leftOver;

  /** Calls that others need not find; what is left below it was not free for us. */
  int reserve;

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
      endWindowsBefore(now);
    }
    return limit - counted.size();
  }

  boolean draw(long now) {
    if (remaining(now) <= 0) {
      return false;
    }
    counted.addLast(now);
    countedInWindow++;
    return true;
  }

  /** A window in which nobody called at all is not noticed: nobody could have lost by it. */
  private void endWindowsBefore(long now) {
    if (start(now) > windowSeen) {
      if (windowSeen != Long.MIN_VALUE) {
        windowsEnded++;
        leftOver += Math.max(0, limit - countedInWindow - reserve);
      }
      windowSeen = start(now);
      countedInWindow = 0;
    }
  }

  /** What could be used this moment without touching the reserve. */
  int free(long now) {
    return Math.max(0, remaining(now) - reserve);
  }

  boolean slides() {
    return window == Window.SLIDING;
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
