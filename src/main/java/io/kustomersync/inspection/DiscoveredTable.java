package io.kustomersync.inspection;

import io.kustomersync.schema.Column;
import io.kustomersync.schema.TableSchema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table and its columns, as its first records show them. Immutable. */
public record DiscoveredTable(String table, List<Field> columns) {
  public DiscoveredTable {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param type a {@link io.kustomersync.schema.ColumnType} in small letters
   * @param from where in Kustomer's record it stands; empty for what we add
   */
  public record Field(String name, String type, Optional<String> from) {}

  static DiscoveredTable of(TableSchema schema) {
    return new DiscoveredTable(
        schema.table(), schema.columns().stream().map(DiscoveredTable::field).toList());
  }

  private static Field field(Column column) {
    return new Field(
        column.name(),
        column.type().name().toLowerCase(Locale.ROOT),
        Optional.of(column.source()).filter(source -> !source.startsWith("$")));
  }
}
