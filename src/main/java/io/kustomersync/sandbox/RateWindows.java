package io.kustomersync.sandbox;

import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two allowances, each per fixed window of 60 s on the sandbox's clock. A call that is refused
 * draws nothing. Thread-safe.
 */
final class RateWindows {
  static final String ORG = "org";
  static final String SEARCH = "search";
  private static final long WINDOW = 60_000;

  private final SandboxOptions options;
  private long window = Long.MIN_VALUE;
  private int orgUsed;
  private int searchUsed;

  RateWindows(SandboxOptions options) {
    this.options = options;
  }

  /** False when the org's limit, or for a search the search limit, is used up. */
  synchronized boolean draw(boolean search) {
    roll();
    boolean dry = orgUsed >= options.orgLimit || (search && searchUsed >= options.searchLimit);
    if (dry && !options.has(Quirk.NO_LIMITS)) {
      return false;
    }
    orgUsed++;
    searchUsed += search ? 1 : 0;
    return true;
  }

  /** Calls of others: {@code org} for app users and other keys, {@code search} for searches. */
  synchronized void consume(String pool, int calls) {
    roll();
    orgUsed += calls;
    searchUsed += pool.equals(SEARCH) ? calls : 0;
  }

  /** The headers that every answer has. */
  synchronized Map<String, String> headers(boolean search, boolean limited) {
    roll();
    boolean ofSearch = search && options.has(Quirk.SEARCH_POOL_HEADERS);
    int limit = ofSearch ? options.searchLimit : options.orgLimit;
    int left = Math.max(0, limit - (ofSearch ? searchUsed : orgUsed));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Ratelimit-Limit", Integer.toString(limit));
    headers.put("X-Ratelimit-Remaining", Integer.toString(left));
    if (limited || options.has(Quirk.RESET_ON_SUCCESS)) {
      long now = options.clock.millis();
      long reset = (window + 1) * WINDOW;
      switch (options.resetHeader) {
        case EPOCH_SECONDS -> headers.put("X-Ratelimit-Reset", Long.toString(reset / 1000));
        case EPOCH_MILLIS -> headers.put("X-Ratelimit-Reset", Long.toString(reset));
        case DELTA_SECONDS ->
            headers.put("X-Ratelimit-Reset", Long.toString((reset - now + 999) / 1000));
        case ABSENT -> {}
      }
      if (limited && options.has(Quirk.RETRY_AFTER)) {
        headers.put("Retry-After", Long.toString((reset - now + 999) / 1000));
      }
    }
    return headers;
  }

  private void roll() {
    long current = Math.floorDiv(options.clock.millis(), WINDOW);
    if (current != window) {
      window = current;
      orgUsed = 0;
      searchUsed = 0;
    }
  }
}
