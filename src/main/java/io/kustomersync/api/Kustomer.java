package io.kustomersync.api;

/**
 * Kustomer as the rest of the program sees it: one question, one whole answer. The only
 * implementation that talks HTTP stands behind the route {@code kustomer}, which keeps to the
 * budget and asks again after passing faults.
 */
@FunctionalInterface
public interface Kustomer {

  /**
   * @throws KustomerException when no good page could be had
   */
  Page ask(ApiRequest request);
}
