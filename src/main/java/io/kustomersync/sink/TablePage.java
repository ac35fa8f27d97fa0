package io.kustomersync.sink;

import io.kustomersync.schema.TableSchema;
import java.util.List;
import java.util.Map;

/**
 * The rows of one table that sinks get at once. A row holds every column of the schema, null where
 * the record has no value; a column that is absent from a row is to be left as it is.
 */
public record TablePage(TableSchema schema, PageInfo page, List<Map<String, Object>> rows) {
  public TablePage(TableSchema schema, List<Map<String, Object>> rows) {
    this(schema, PageInfo.of(schema, rows), rows);
  }
}
