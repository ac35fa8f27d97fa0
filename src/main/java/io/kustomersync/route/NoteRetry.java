package io.kustomersync.route;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what is tried again and why. Stateless. */
public final class NoteRetry implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(NoteRetry.class);

  @Override
  public void process(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.warn(
        "{}{}; trying again ({} of {})",
        Optional.ofNullable(exchange.getVariable(Variables.TABLE, String.class))
            .map(table -> table + ": ")
            .orElse(""),
        cause == null ? "failed" : Messages.of(cause),
        exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
        exchange.getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER));
  }
}
