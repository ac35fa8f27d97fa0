package io.kustomersync.sink.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL for one table, in a dialect's words. */
record TableSql(Dialect dialect, TableName name) {

  /** A statement and the column that each of its parameters takes its value from. */
  record Statement(String sql, List<String> parameters) {}

  /**
   * @param key the columns of the primary key
   */
  String create(Map<String, StoredType> columns, List<String> key) {
    return "CREATE TABLE IF NOT EXISTS "
        + table()
        + " ("
        + String.join(", ", definitions(columns))
        + ", PRIMARY KEY ("
        + names(key)
        + "))"
        + dialect.tableOptions();
  }

  String comment(String text) {
    return dialect.comment(table(), text);
  }

  String add(Map<String, StoredType> columns) {
    return dialect.addColumns(table(), definitions(columns));
  }

  List<String> widen(String column, StoredType from, StoredType to) {
    return dialect.widen(table(), column, from, to);
  }

  List<String> finishWidening(String column, String comment) {
    return dialect.finishWidening(table(), column, comment);
  }

  /** Asks for {@code updated_at} and {@code rev} of one id. */
  Statement version() {
    String sql =
        "SELECT %s FROM %s WHERE %s = ?"
            .formatted(names(List.of("updated_at", "rev")), table(), quoted("id"));
    return new Statement(sql, List.of("id"));
  }

  /** Asks for {@code updated_at}, {@code rev} and {@code id} of many ids. */
  String versions(int ids) {
    return "SELECT %s FROM %s WHERE %s IN (%s)"
        .formatted(
            names(List.of("updated_at", "rev", "id")), table(), quoted("id"), questions(ids));
  }

  Statement insert(List<String> columns) {
    return new Statement(
        insertInto(columns) + " VALUES (" + questions(columns.size()) + ")", columns);
  }

  /**
   * Inserts rows whose keys are not there already; for H2 one at a time, with the key once more as
   * last parameters.
   */
  Statement append(List<String> columns, List<String> key, int rows) {
    String row = "(" + questions(columns.size()) + ")";
    String values = insertInto(columns) + " VALUES " + row + (", " + row).repeat(rows - 1);
    if (dialect.conflict() == Dialect.Conflict.ON_CONFLICT) {
      return new Statement(values + doNothing(key), columns);
    }
    if (dialect.conflict() == Dialect.Conflict.ON_DUPLICATE_KEY) {
      // INSERT IGNORE would also take what does not fit
      return new Statement(values + " ON DUPLICATE KEY UPDATE " + sameRow(key), columns);
    }
    String same =
        key.stream().map(column -> quoted(column) + " = ?").collect(Collectors.joining(" AND "));
    return new Statement(
        "%s SELECT %s WHERE NOT EXISTS (SELECT 1 FROM %s WHERE %s)"
            .formatted(insertInto(columns), questions(columns.size()), table(), same),
        Stream.concat(columns.stream(), key.stream()).toList());
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
        "UPDATE " + table() + " SET " + sets + " WHERE " + quoted("id") + " = ?" + guard,
        parameters);
  }

  /**
   * Inserts rows or replaces them, as {@link #update} would.
   *
   * @param rows how many; each has its parameters in the order of {@code columns}
   */
  Statement upsert(List<String> columns, int rows) {
    String row = "(" + questions(columns.size()) + ")";
    String values = " VALUES " + row + (", " + row).repeat(rows - 1);
    String sql =
        dialect.conflict() == Dialect.Conflict.ON_DUPLICATE_KEY
            ? insertInto(columns) + values + " ON DUPLICATE KEY UPDATE " + onDuplicate(columns)
            : onConflict(columns, values);
    return new Statement(sql, columns);
  }

  /** As {@link #upsert} for PostgreSQL, of any number of rows: an array for each column. */
  String upsertArrays(List<String> columns, List<PostgresArray> arrays) {
    return onConflict(columns, PostgresArray.source(arrays));
  }

  /** As {@link #append} for PostgreSQL, of any number of rows: an array for each column. */
  String appendArrays(List<String> columns, List<String> key, List<PostgresArray> arrays) {
    return insertInto(columns) + PostgresArray.source(arrays) + doNothing(key);
  }

  private String doNothing(List<String> key) {
    return " ON CONFLICT (" + names(key) + ") DO NOTHING";
  }

  private String onConflict(List<String> columns, String values) {
    String sets =
        columns.stream()
            .filter(column -> !column.equals("id"))
            .map(column -> quoted(column) + " = EXCLUDED." + quoted(column))
            .collect(Collectors.joining(", "));
    String guard = guard(columns, "EXCLUDED.%s", "stored.%s");
    return "INSERT INTO "
        + table()
        + " AS stored ("
        + names(columns)
        + ")"
        + values
        + " ON CONFLICT ("
        + quoted("id")
        + ") DO UPDATE SET "
        + sets
        + (guard.isEmpty() ? "" : " WHERE " + guard);
  }

  /**
   * Sets are carried out from left to right and see each other's results, so what is compared comes
   * last: first rev, which can't turn the outcome any more, then updated_at.
   */
  private String onDuplicate(List<String> columns) {
    List<String> order = new ArrayList<>(columns);
    order.remove("id");
    for (String compared : List.of("rev", "updated_at")) {
      if (order.remove(compared)) {
        order.add(compared);
      }
    }
    String guard = guard(columns, "VALUES(%s)", "%s");
    Stream<String> sets =
        order.stream()
            .map(this::quoted)
            .map(
                name ->
                    guard.isEmpty()
                        ? name + " = VALUES(" + name + ")"
                        : name + " = IF(" + guard + ", VALUES(" + name + "), " + name + ")");
    return Stream.concat(Stream.of(sameRow(List.of("id"))), sets).collect(Collectors.joining(", "));
  }

  /**
   * Any unique index takes MariaDB to this clause, a user's own too, and then the row in hand is
   * another record's. It must not be touched: its id can't become null, so the statement fails.
   */
  private String sameRow(List<String> key) {
    String same =
        key.stream()
            .map(this::quoted)
            .map(column -> column + " = VALUES(" + column + ")")
            .collect(Collectors.joining(" AND "));
    String id = quoted("id");
    return id + " = IF(" + same + ", " + id + ", NULL)";
  }

  private String guard(List<String> columns, String given, String stored) {
    StringBuilder cases = new StringBuilder();
    if (columns.contains("updated_at")) {
      String theirs = given.formatted(quoted("updated_at"));
      String ours = stored.formatted(quoted("updated_at"));
      cases.append(" WHEN " + theirs + " < " + ours + " THEN FALSE");
      cases.append(" WHEN " + theirs + " > " + ours + " THEN TRUE");
    }
    if (columns.contains("rev")) {
      String theirs = given.formatted(quoted("rev"));
      cases.append(" WHEN " + theirs + " < " + stored.formatted(quoted("rev")) + " THEN FALSE");
    }
    return cases.isEmpty() ? "" : "CASE" + cases + " ELSE TRUE END";
  }

  private String insertInto(List<String> columns) {
    return "INSERT INTO " + table() + " (" + names(columns) + ")";
  }

  private List<String> definitions(Map<String, StoredType> columns) {
    return columns.entrySet().stream()
        .map(column -> quoted(column.getKey()) + " " + type(column.getKey(), column.getValue()))
        .toList();
  }

  private String type(String column, StoredType type) {
    return switch (column) {
      case "id" -> dialect.keyType();
      case TableRole.VERSION -> dialect.versionType();
      default -> dialect.typeName(type);
    };
  }

  private String names(List<String> columns) {
    return columns.stream().map(this::quoted).collect(Collectors.joining(", "));
  }

  private static String questions(int count) {
    return "?" + ", ?".repeat(count - 1);
  }

  private String table() {
    return name.quoted(dialect);
  }

  private String quoted(String name) {
    return dialect.quoted(name);
  }
}
