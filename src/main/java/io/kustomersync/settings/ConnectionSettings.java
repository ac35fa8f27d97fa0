package io.kustomersync.settings;

import java.net.URI;
import java.util.Optional;

/**
 * Which Kustomer is asked, and how much. Immutable; safe to log.
 *
 * @param resource name of this connection in keys and checkpoints
 * @param url scheme, host and perhaps port; nothing behind
 * @param apiToken present for the commands that call Kustomer
 * @param budgetShare part of Kustomer's limits that we use, above 0, at most 1
 * @param retries how often a call that failed is made again before the poll fails, 0 to 100
 * @param maxAnswerSize bytes of one answer, decompressed, above which it is refused
 */
public record ConnectionSettings(
    String resource,
    URI url,
    Optional<Secret> apiToken,
    double budgetShare,
    int retries,
    long maxAnswerSize) {

  /** The same, with a failed call tried once more at most. */
  ConnectionSettings retryingOnce() {
    return new ConnectionSettings(
        resource, url, apiToken, budgetShare, Math.min(1, retries), maxAnswerSize);
  }
}
