package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** All that is chosen by the kind of database. Stateless. */
final class Dialects {

  private Dialects() {}

  /**
   * @throws SQLException when there is none for this database
   */
  static Dialect of(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String product = database.getDatabaseProductName();
    return switch (product) {
      case "H2" -> new H2Dialect(database.storesUpperCaseIdentifiers());
      case "PostgreSQL" -> new PostgresDialect();
      case "MariaDB" -> new MariaDbDialect("utf8mb4_nopad_bin", MariaDbDialect.packet(connection));
      case "MySQL" -> new MariaDbDialect("utf8mb4_0900_bin", MariaDbDialect.packet(connection));
      default ->
          throw new SQLException(
              "The database sink does not know "
                  + product
                  + ". Point kustomer.database.url at H2, PostgreSQL, MariaDB or MySQL.");
    };
  }

  /** What writes the rows of one shape in the fastest safe way of its database. */
  static RowWriter writer(Connection connection, TableSql sql, RowBinder cells) {
    Dialect dialect = sql.dialect();
    if (dialect instanceof H2Dialect) {
      return new LookThenWrite(connection, sql, cells);
    }
    UpsertTogether together = new UpsertTogether(connection, sql, cells);
    return dialect instanceof PostgresDialect
        ? new UpsertArrays(connection, sql, cells, together)
        : new LookThenUpsert(connection, sql, cells, together);
  }

  /** Finishes what is left of a change to a table when the process was killed in its midst. */
  static void finishAlter(Connection connection, TableSql sql) throws SQLException {
    if (sql.dialect() instanceof H2Dialect h2) {
      new H2Copies(connection, h2, sql.name()).finish();
    }
  }
}
