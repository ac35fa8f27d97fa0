package io.kustomersync.route;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.database.DatabaseSink;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes the page's rows to the database in one transaction. */
public final class WriteToDatabase implements Processor {

  private final DatabaseSink sink;

  public WriteToDatabase(DatabaseSink sink) {
    this.sink = sink;
  }

  @Override
  public void process(Exchange exchange) throws SQLException {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
    sink.write(exchange.getVariable(Variables.SCHEMA, TableSchema.class), rows);
  }
}
