package io.kustomersync.sink;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The questions of an audit about one table, in SQL that all databases share. Immutable.
 *
 * @param table quoted; so are the columns
 */
record AuditSql(String table, String id, String updatedAt, String rev, String deleted) {

  /** Longer names are cut by some databases, and then need not be unique any more. */
  private static final int LONGEST_NAME = 63;

  /**
   * Looks the table up and gives it the index that makes counting cheap.
   *
   * @return empty when the database has no such table
   * @throws SQLException also when someone has altered the columns that are compared
   */
  static Optional<AuditSql> prepared(Connection connection, String name) throws SQLException {
    Dialect dialect = Dialect.of(connection);
    boolean exists = false;
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), null, null)) {
      while (columns.next()) {
        if (columns.getString("TABLE_NAME").equals(dialect.stored(name))) {
          exists = true;
          requireTime(dialect, name, columns);
        }
      }
    }
    if (!exists) {
      return Optional.empty();
    }
    AuditSql sql =
        new AuditSql(
            dialect.quoted(name),
            dialect.quoted("id"),
            dialect.quoted("updated_at"),
            dialect.quoted("rev"),
            dialect.quoted("deleted"));
    sql.index(connection, dialect, name);
    return Optional.of(sql);
  }

  private static void requireTime(Dialect dialect, String table, ResultSet column)
      throws SQLException {
    boolean other = dialect.typeOf(column.getInt("DATA_TYPE")) != StoredType.TIMESTAMP;
    if (column.getString("COLUMN_NAME").equals(dialect.stored("updated_at")) && other) {
      throw new SQLException(
          "column updated_at of table "
              + table
              + " holds no date-times, so that rows can't be found by time; make it a timestamp"
              + " again");
    }
  }

  /** Any index that begins with the column will do, a user's too. */
  private void index(Connection connection, Dialect dialect, String name) throws SQLException {
    try (ResultSet columns =
        connection
            .getMetaData()
            .getIndexInfo(
                connection.getCatalog(),
                connection.getSchema(),
                dialect.stored(name),
                false,
                true)) {
      while (columns.next()) {
        if (columns.getInt("ORDINAL_POSITION") == 1
            && dialect.stored("updated_at").equals(columns.getString("COLUMN_NAME"))) {
          return;
        }
      }
    }
    String full = name + "_updated_at";
    String index =
        full.length() <= LONGEST_NAME
            ? full
            : name.substring(0, 40) + '_' + Integer.toHexString(name.hashCode());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE INDEX "
              + dialect.quoted(index)
              + " ON "
              + table
              + " ("
              + updatedAt
              + ", "
              + deleted
              + ")");
    }
  }

  String count() {
    return "SELECT COUNT(*), COUNT(CASE WHEN " + deleted + " THEN 1 END) FROM " + table + span();
  }

  String nth() {
    return "SELECT "
        + updatedAt
        + " FROM "
        + table
        + span()
        + " ORDER BY "
        + updatedAt
        + " LIMIT 1 OFFSET ?";
  }

  String between() {
    return all() + span();
  }

  String find(int ids) {
    return all() + " WHERE " + id + " IN (" + "?, ".repeat(ids - 1) + "?)";
  }

  String all() {
    return "SELECT " + String.join(", ", id, updatedAt, rev, deleted) + " FROM " + table;
  }

  private String span() {
    return " WHERE " + updatedAt + " >= ? AND " + updatedAt + " < ?";
  }
}
