package io.kustomersync.route;

import io.kustomersync.sink.TablePage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Lays out for the sinks what they are promised: rows in the body, the rest in variables. */
public final class OpenPage implements Processor {

  /** Property that keeps the page as it was, whatever a sink makes of the body. */
  private static final String WHOLE = "KustomerSyncPage";

  private final String resource;

  public OpenPage(String resource) {
    this.resource = resource;
  }

  @Override
  public void process(Exchange exchange) {
    lay(exchange, exchange.getMessage().getBody(TablePage.class), resource);
  }

  static void lay(Exchange exchange, TablePage page, String resource) {
    exchange.setProperty(WHOLE, page);
    exchange.setVariable(Variables.RESOURCE, resource);
    exchange.setVariable(Variables.TABLE, page.schema().table());
    exchange.setVariable(Variables.SCHEMA, page.schema());
    exchange.setVariable(Variables.PAGE, page.page());
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(page.rows());
  }

  /** The page that was laid out last. */
  static TablePage pageOf(Exchange exchange) {
    return exchange.getProperty(WHOLE, TablePage.class);
  }
}
