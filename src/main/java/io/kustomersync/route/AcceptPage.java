package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes a page into the reading; the body becomes what of it is to be delivered. What the page
 * shows to be next is asked for at once, so that it comes while this one is delivered.
 */
public final class AcceptPage implements Processor {

  @Override
  public void process(Exchange exchange) {
    Page page = exchange.getMessage().getBody(Page.class);
    Poll poll = Variables.poll(exchange);
    ApiRequest asked = exchange.getVariable(Variables.REQUEST, ApiRequest.class);
    exchange.getMessage().setBody(poll.accept(asked, page));
    if (poll.hasNext()) {
      poll.ask();
    }
  }
}
