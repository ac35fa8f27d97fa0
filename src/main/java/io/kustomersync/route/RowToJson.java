package io.kustomersync.route;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.JsonRowWriter;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns the row in the body into JSON text. Unlike {@code marshal: json} it knows the table's
 * schema, so JSON columns and {@code raw} are embedded as JSON.
 */
public final class RowToJson implements Processor {

  @Override
  public void process(Exchange exchange) {
    @SuppressWarnings("unchecked")
    Map<String, Object> row = exchange.getMessage().getBody(Map.class);
    TableSchema schema = exchange.getVariable(Variables.SCHEMA, TableSchema.class);
    exchange.getMessage().setBody(JsonRowWriter.of(schema, row));
  }
}
