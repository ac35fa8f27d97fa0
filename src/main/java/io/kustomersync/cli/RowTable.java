package io.kustomersync.cli;

import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.Mapped;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows as a table for the eye: what tells most stands where the place is scarce. */
final class RowTable {
  private static final List<String> TELLING =
      List.of(
          "id",
          "display_name",
          "name",
          "subject",
          "title",
          "email",
          "status",
          "channel",
          "direction",
          "preview",
          "updated_at",
          "created_at");
  private static final List<String> DULL = List.of("rev", "deleted", "synced_at", "raw");

  private static final int MIDDLE = 100;
  private static final int LAST = 1000;

  private RowTable() {}

  static TextTable of(Mapped page) {
    List<Column> columns =
        page.schema().columns().stream()
            .sorted(Comparator.comparingInt(column -> rank(column, page.rows())))
            .toList();
    return new TextTable(
        columns.stream()
            .map(column -> new Heading(column.name(), isNumber(column), rank(column, page.rows())))
            .toList(),
        page.rows().stream()
            .map(row -> columns.stream().map(column -> text(row.get(column.name()))).toList())
            .toList());
  }

  private static boolean isNumber(Column column) {
    return column.type() == ColumnType.INTEGER || column.type() == ColumnType.DECIMAL;
  }

  /** Known good ones come first, what we add ourselves last. */
  static int rank(String column) {
    if (TELLING.contains(column)) {
      return 1 + TELLING.indexOf(column);
    }
    return DULL.contains(column) ? LAST + DULL.indexOf(column) : MIDDLE;
  }

  /** Between those two by how many values there are, JSON later. */
  private static int rank(Column column, List<Map<String, Object>> rows) {
    int rank = rank(column.name());
    if (rank != MIDDLE) {
      return rank;
    }
    long filled = rows.stream().map(row -> row.get(column.name())).filter(Objects::nonNull).count();
    int empty = (int) (100 * (rows.size() - filled) / Math.max(1, rows.size()));
    return MIDDLE + empty + (column.type() == ColumnType.JSON ? 200 : 0);
  }

  static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
