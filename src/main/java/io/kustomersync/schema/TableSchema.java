package io.kustomersync.schema;

import java.util.List;

/**
 * The columns of one table, in the order in which they were first seen. The key is always {@code
 * id}. Immutable.
 *
 * @param table the name users see, e.g. {@code customers}, {@code kobject_order}
 */
public record TableSchema(String table, List<Column> columns) {
  public TableSchema {
    columns = List.copyOf(columns);
  }

  /** What is known of a table before its first record. */
  public static TableSchema empty(String table) {
    return new TableSchema(table, List.of());
  }
}
