package io.kustomersync.sink.database;

import io.kustomersync.schema.Column;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table as the database has it, made to fit what is to be written. Used by one thread. */
final class TableMigrator {

  /** Sinks compare these, so they never become text. */
  private static final Set<String> FIXED =
      Set.of("id", "created_at", "updated_at", "rev", "deleted", "synced_at");

  /** A column as found. */
  record Found(StoredType type, String comment) {}

  private final String table;
  private final TableRole role;
  private final TableSql sql;

  /** The columns that the table was last made to fit; null before that. */
  private List<Column> fitted;

  private Map<String, StoredType> columns = Map.of();

  /**
   * @param table as users of Kustomer Sync know it
   */
  TableMigrator(String table, TableRole role, TableSql sql) {
    this.table = table;
    this.role = role;
    this.sql = sql;
  }

  TableSql sql() {
    return sql;
  }

  TableRole role() {
    return role;
  }

  RowBinder cells() {
    return new RowBinder(sql.dialect(), sql.name().table(), columns);
  }

  /** Looks at the table again next time. */
  void forget() {
    fitted = null;
  }

  /**
   * Outside a transaction: some databases end it.
   *
   * @return whether the table was looked at, not just remembered
   */
  boolean fit(Connection connection, List<Column> schema, List<? extends Map<String, Object>> rows)
      throws SQLException {
    List<Column> wanted = role.columns(schema);
    boolean looked = !wanted.equals(fitted);
    if (looked) {
      fit(connection, wanted);
    }
    for (Column column : wanted) {
      StoredType has = columns.get(column.name());
      if (!FIXED.contains(column.name()) && !holdsAll(column.name(), has, rows)) {
        execute(connection, sql.widen(column.name(), has, StoredType.TEXT));
        columns.put(column.name(), StoredType.TEXT);
      }
    }
    return looked;
  }

  private boolean holdsAll(
      String column, StoredType type, List<? extends Map<String, Object>> rows) {
    if (type != StoredType.DECIMAL && type != StoredType.TIMESTAMP) {
      return true;
    }
    for (Map<String, Object> row : rows) {
      Object value = row.get(column);
      if (value != null && !sql.dialect().holds(type, value)) {
        return false;
      }
    }
    return true;
  }

  private void fit(Connection connection, List<Column> wanted) throws SQLException {
    Dialects.finishAlter(connection, sql);
    Map<String, Found> found = found(connection, sql.dialect(), sql.name());
    refuseAnother(found);
    Map<String, StoredType> missing = new LinkedHashMap<>();
    Map<String, StoredType> all = new LinkedHashMap<>();
    for (Column column : wanted) {
      String name = column.name();
      Found has = found.get(sql.dialect().stored(name));
      if (has == null) {
        missing.put(name, StoredType.of(column));
        all.put(name, StoredType.of(column));
        continue;
      }
      execute(connection, sql.finishWidening(name, has.comment()));
      StoredType needed = has.type().widenedFor(column);
      if (needed != has.type()) {
        execute(connection, sql.widen(name, has.type(), needed));
      }
      all.put(name, needed);
    }
    if (found.isEmpty()) {
      execute(
          connection, List.of(sql.create(missing, role.key()), sql.comment(role.comment(table))));
    } else if (!missing.isEmpty()) {
      execute(connection, List.of(sql.add(missing)));
    }
    columns = all;
    fitted = wanted;
  }

  private void refuseAnother(Map<String, Found> found) throws SQLException {
    if (!found.isEmpty() && !role.fits(name -> found.containsKey(sql.dialect().stored(name)))) {
      throw new SQLException(
          sql.name().table()
              + ": this table serves another purpose of Kustomer Sync already, since two names"
              + " are the same; choose another kustomer.database.schema for one of the two");
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The columns of a table, by the names that {@link Dialect#stored} gives; empty without it. */
  static Map<String, Found> found(Connection connection, Dialect dialect, TableName table)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String catalog = catalog(connection, dialect, table);
    String schema = schema(connection, dialect, table);
    String name = dialect.stored(table.table());
    String pattern = name.replace("_", database.getSearchStringEscape() + "_");
    Map<String, Found> found = new HashMap<>();
    try (ResultSet rows = database.getColumns(catalog, schema, pattern, null)) {
      while (rows.next()) {
        boolean ours =
            rows.getString("TABLE_NAME").equals(name)
                && (schema == null || schema.equals(rows.getString("TABLE_SCHEM")));
        if (ours) {
          String comment = rows.getString("REMARKS");
          found.put(
              dialect.found(rows.getString("COLUMN_NAME")),
              new Found(
                  dialect.typeOf(rows.getInt("DATA_TYPE"), rows.getString("TYPE_NAME")),
                  comment == null ? "" : comment));
        }
      }
    }
    return found;
  }

  /** The catalogue that JDBC finds the table in. */
  static String catalog(Connection connection, Dialect dialect, TableName table)
      throws SQLException {
    boolean set = dialect.schemaIsCatalog() && table.schema().isPresent();
    return set ? dialect.stored(table.schema().get()) : connection.getCatalog();
  }

  /** The schema that JDBC finds the table in; null for databases without. */
  static String schema(Connection connection, Dialect dialect, TableName table)
      throws SQLException {
    if (dialect.schemaIsCatalog()) {
      return null;
    }
    return table.schema().isPresent()
        ? dialect.stored(table.schema().get())
        : connection.getSchema();
  }

  /** Makes the schema that users have set, if it is missing. */
  static void makeSchema(Connection connection, Dialect dialect, String schema)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    List<String> schemas = new ArrayList<>();
    try (ResultSet found =
        dialect.schemaIsCatalog() ? database.getCatalogs() : database.getSchemas()) {
      while (found.next()) {
        schemas.add(found.getString(1));
      }
    }
    // Asked first: CREATE … IF NOT EXISTS needs the right to create even when there is no need.
    if (!schemas.contains(dialect.stored(schema))) {
      execute(connection, List.of("CREATE SCHEMA IF NOT EXISTS " + dialect.quoted(schema)));
    }
  }
}
