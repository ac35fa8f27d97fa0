package io.kustomersync.route;

import io.kustomersync.read.Delivery;
import io.kustomersync.sink.TablePage;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns the records to deliver into pages of rows, one per table. */
public final class MakeRows implements Processor {

  private final PageRows rows;

  public MakeRows(PageRows rows) {
    this.rows = rows;
  }

  @Override
  public void process(Exchange exchange) {
    Delivery delivery = exchange.getMessage().getBody(Delivery.class);
    Poll poll = Variables.poll(exchange);
    List<TablePage> pages = rows.of(poll.table(), delivery);
    poll.delivering(pages);
    exchange.getMessage().setBody(pages);
  }
}
