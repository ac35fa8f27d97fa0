package io.kustomersync.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Puts into the body what to ask Kustomer next. */
public final class NextRequest implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Variables.poll(exchange).walk().next().orElseThrow());
  }
}
