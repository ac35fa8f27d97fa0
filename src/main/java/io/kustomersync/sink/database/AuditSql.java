package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * The questions of an audit about one table, in SQL that all databases share. Immutable.
 *
 * @param rows what is selected from: the table, and what was removed from it
 */
record AuditSql(Dialect dialect, TableName name, String rows) {

  /** Longer names are cut by some databases, and then need not be unique any more. */
  private static final int LONGEST_NAME = 63;

  /**
   * Looks the table up and gives it the index that makes counting cheap.
   *
   * @return empty when the database has no such table
   * @throws SQLException also when someone has altered the columns that are compared
   */
  static Optional<AuditSql> prepared(Connection connection, DatabaseOptions options, String table)
      throws SQLException {
    Dialect dialect = Dialects.of(connection);
    TableName name = options.table(table);
    Map<String, TableMigrator.Found> columns = TableMigrator.found(connection, dialect, name);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    TableMigrator.Found updatedAt = columns.get(dialect.stored("updated_at"));
    if (updatedAt != null && updatedAt.type() != StoredType.TIMESTAMP) {
      throw new SQLException(
          "column updated_at of table "
              + table
              + " holds no date-times, so that rows can't be found by time; make it a timestamp"
              + " again");
    }
    TableName removed = options.deleted(table);
    boolean both =
        options.deletes() == DatabaseOptions.Deletes.REMOVE
            && !TableMigrator.found(connection, dialect, removed).isEmpty();
    String all = select(dialect, dialect.quoted("deleted")) + name.quoted(dialect);
    String gone = select(dialect, "TRUE") + removed.quoted(dialect);
    AuditSql sql =
        new AuditSql(
            dialect,
            name,
            both ? "(" + all + " UNION ALL " + gone + ") AS both_tables" : name.quoted(dialect));
    sql.index(connection);
    return Optional.of(sql);
  }

  private static String select(Dialect dialect, String deleted) {
    return "SELECT "
        + String.join(
            ", ",
            dialect.quoted("id"),
            dialect.quoted("updated_at"),
            dialect.quoted("rev"),
            deleted)
        + " FROM ";
  }

  /** Any index that begins with the column will do, a user's too. */
  private void index(Connection connection) throws SQLException {
    String stored = dialect.stored(name.table());
    try (ResultSet columns =
        connection
            .getMetaData()
            .getIndexInfo(
                TableMigrator.catalog(connection, dialect, name),
                TableMigrator.schema(connection, dialect, name),
                stored,
                false,
                true)) {
      while (columns.next()) {
        String column = columns.getString("COLUMN_NAME");
        if (columns.getInt("ORDINAL_POSITION") == 1
            && column != null
            && dialect.stored("updated_at").equals(dialect.found(column))) {
          return;
        }
      }
    }
    String full = name.table() + "_updated_at";
    String index =
        full.length() <= LONGEST_NAME
            ? full
            : name.table().substring(0, 40) + '_' + Integer.toHexString(full.hashCode());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE INDEX "
              + dialect.quoted(index)
              + " ON "
              + name.quoted(dialect)
              + " ("
              + updatedAt()
              + ", "
              + deleted()
              + ")");
    }
  }

  String count() {
    return "SELECT COUNT(*), COUNT(CASE WHEN " + deleted() + " THEN 1 END) FROM " + rows + span();
  }

  String nth() {
    return "SELECT "
        + updatedAt()
        + " FROM "
        + rows
        + span()
        + " ORDER BY "
        + updatedAt()
        + " LIMIT 1 OFFSET ?";
  }

  String between() {
    return all() + span();
  }

  String find(int ids) {
    return all() + " WHERE " + dialect.quoted("id") + " IN (" + "?, ".repeat(ids - 1) + "?)";
  }

  String all() {
    return "SELECT "
        + String.join(", ", dialect.quoted("id"), updatedAt(), dialect.quoted("rev"), deleted())
        + " FROM "
        + rows;
  }

  private String span() {
    return " WHERE " + updatedAt() + " >= ? AND " + updatedAt() + " < ?";
  }

  private String updatedAt() {
    return dialect.quoted("updated_at");
  }

  private String deleted() {
    return dialect.quoted("deleted");
  }
}
