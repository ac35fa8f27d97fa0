package io.kustomersync.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The SQL for one table, in a dialect's words. */
record TableSql(Dialect dialect, String table) {

  /** A statement and the column that each of its parameters takes its value from. */
  record Statement(String sql, List<String> parameters) {}

  String create(Map<String, StoredType> columns) {
    return "CREATE TABLE IF NOT EXISTS "
        + quoted(table)
        + " ("
        + definitions(columns)
        + ", PRIMARY KEY ("
        + quoted("id")
        + "))";
  }

  String add(Map<String, StoredType> columns) {
    return "ALTER TABLE " + quoted(table) + " ADD (" + definitions(columns) + ")";
  }

  String widen(String column, StoredType from, StoredType to) {
    return dialect.widen(table, column, from, to);
  }

  /** Asks for {@code updated_at} and {@code rev} of one id. */
  Statement version() {
    String sql =
        "SELECT %s, %s FROM %s WHERE %s = ?"
            .formatted(quoted("updated_at"), quoted("rev"), quoted(table), quoted("id"));
    return new Statement(sql, List.of("id"));
  }

  Statement insert(List<String> columns) {
    String names = columns.stream().map(this::quoted).collect(Collectors.joining(", "));
    String values = "?, ".repeat(columns.size() - 1) + "?";
    return new Statement(
        "INSERT INTO " + quoted(table) + " (" + names + ") VALUES (" + values + ")", columns);
  }

  /**
   * Replaces a row unless the stored one is provably newer. A comparison with null is not true, so
   * it falls through to the next, and in the end to "replace".
   */
  Statement update(List<String> columns) {
    List<String> parameters = new ArrayList<>(columns);
    parameters.remove("id");
    String sets =
        parameters.stream().map(name -> quoted(name) + " = ?").collect(Collectors.joining(", "));
    parameters.add("id");
    StringBuilder cases = new StringBuilder();
    if (columns.contains("updated_at")) {
      String stored = quoted("updated_at");
      cases.append(" WHEN ? < " + stored + " THEN FALSE WHEN ? > " + stored + " THEN TRUE");
      parameters.add("updated_at");
      parameters.add("updated_at");
    }
    if (columns.contains("rev")) {
      cases.append(" WHEN ? < " + quoted("rev") + " THEN FALSE");
      parameters.add("rev");
    }
    String guard = cases.isEmpty() ? "" : " AND CASE" + cases + " ELSE TRUE END";
    return new Statement(
        "UPDATE " + quoted(table) + " SET " + sets + " WHERE " + quoted("id") + " = ?" + guard,
        parameters);
  }

  private String definitions(Map<String, StoredType> columns) {
    return columns.entrySet().stream()
        .map(column -> quoted(column.getKey()) + " " + type(column.getKey(), column.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String type(String column, StoredType type) {
    return column.equals("id") ? dialect.keyType() : dialect.typeName(type);
  }

  private String quoted(String name) {
    return dialect.quoted(name);
  }
}
