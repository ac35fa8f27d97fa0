package io.kustomersync.route;

import io.kustomersync.checkpoint.Lease;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses to go on after another process has taken over; costs nothing while the lease is fresh.
 */
public final class RequireLease implements Processor {

  private final Lease lease;

  public RequireLease(Lease lease) {
    this.lease = lease;
  }

  @Override
  public void process(Exchange exchange) {
    lease.requireHeld();
  }
}
