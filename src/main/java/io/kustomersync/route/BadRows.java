package io.kustomersync.route;

import io.kustomersync.sink.database.RowFault;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** Whether a sink failed because of the rows it was given, and not because it is down. */
public final class BadRows implements Predicate {

  @Override
  public boolean matches(Exchange exchange) {
    Throwable failure = exchange.getException();
    return RowFault.isIn(
        failure == null
            ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
            : failure);
  }
}
