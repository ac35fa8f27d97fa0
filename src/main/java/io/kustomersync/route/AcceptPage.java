package io.kustomersync.route;

import io.kustomersync.api.Page;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes a page into the walk; the body becomes what of it is to be delivered. */
public final class AcceptPage implements Processor {

  @Override
  public void process(Exchange exchange) {
    Page page = exchange.getMessage().getBody(Page.class);
    exchange.getMessage().setBody(Variables.poll(exchange).accept(page));
  }
}
