package io.kustomersync.route;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.message.RowMessage;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns the page's rows into a list of {@link RowMessage}. */
public final class RowMessages implements Processor {

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(of(exchange));
  }

  static List<RowMessage> of(Exchange exchange) {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
    return RowMessage.of(exchange.getVariable(Variables.SCHEMA, TableSchema.class), rows);
  }
}
