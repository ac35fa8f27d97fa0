package io.kustomersync.route;

import io.kustomersync.api.Page;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the rows of an answer on the thread that asked, while earlier pages are delivered. The body
 * stays. Whatever goes wrong here is told when the page's turn comes.
 */
public final class MakeRowsAhead implements Processor {

  private final PageRows rows;

  public MakeRowsAhead(PageRows rows) {
    this.rows = rows;
  }

  @Override
  public void process(Exchange exchange) {
    Page page = exchange.getMessage().getBody(Page.class);
    String table = exchange.getVariable(Variables.TABLE, String.class);
    exchange.setVariable(Variables.ROWS_AHEAD, rows.ahead(table, page));
  }
}
