package io.kustomersync.route;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets through what the call needs and what the budget reads, nothing else: a reply header must not
 * become a Camel header that steers a later step. Stateless.
 */
public final class KustomerHeaders implements HeaderFilterStrategy {

  private static final Set<String> SENT = Set.of("accept", "content-type");
  private static final Set<String> RECEIVED =
      Set.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after");

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !SENT.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return !RECEIVED.contains(name.toLowerCase(Locale.ROOT));
  }
}
