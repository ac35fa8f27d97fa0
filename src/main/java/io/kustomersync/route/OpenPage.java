package io.kustomersync.route;

import io.kustomersync.sink.TablePage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Lays out for the sinks what they are promised: rows in the body, the rest in variables. */
public final class OpenPage implements Processor {

  private final String resource;

  public OpenPage(String resource) {
    this.resource = resource;
  }

  @Override
  public void process(Exchange exchange) {
    TablePage page = exchange.getMessage().getBody(TablePage.class);
    exchange.setVariable(Variables.RESOURCE, resource);
    exchange.setVariable(Variables.TABLE, page.schema().table());
    exchange.setVariable(Variables.SCHEMA, page.schema());
    exchange.setVariable(Variables.PAGE, page.page());
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(page.rows());
  }
}
