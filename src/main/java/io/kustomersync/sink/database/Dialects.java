package io.kustomersync.sink.database;

import io.kustomersync.database.Database;
import io.kustomersync.database.H2;
import io.kustomersync.database.MariaDb;
import io.kustomersync.database.PostgreSql;
import java.sql.Connection;
import java.sql.SQLException;

/** All that is chosen by the kind of database. Stateless. */
final class Dialects {

  private Dialects() {}

  /**
   * @throws SQLException when there is none for this database
   */
  static Dialect of(Connection connection) throws SQLException {
    Database database = Database.of(connection);
    if (database instanceof H2) {
      return new H2Dialect(connection.getMetaData().storesUpperCaseIdentifiers());
    }
    if (database instanceof PostgreSql) {
      return new PostgresDialect();
    }
    if (!(database instanceof MariaDb)) {
      throw new IllegalStateException(database + " has no dialect; give it one here");
    }
    String collation = MariaDb.isMySql(connection) ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin";
    return new MariaDbDialect(collation, MariaDbDialect.packet(connection));
  }

  /** What writes the rows of one shape in the fastest safe way of its database. */
  static RowWriter writer(Connection connection, TableSql sql, RowBinder cells) {
    Dialect dialect = sql.dialect();
    if (dialect instanceof H2Dialect) {
      return new LookThenWrite(connection, sql, cells);
    }
    UpsertTogether together = new UpsertTogether(connection, sql, cells);
    if (dialect instanceof PostgresDialect) {
      return new UpsertArrays(connection, sql, cells, together);
    }
    if (dialect instanceof MariaDbDialect) {
      return new LookThenUpsert(connection, sql, cells, together);
    }
    throw new IllegalStateException(dialect + " has no way to write rows; give it one here");
  }

  /** Finishes what is left of a change to a table when the process was killed in its midst. */
  static void finishAlter(Connection connection, TableSql sql) throws SQLException {
    if (sql.dialect() instanceof H2Dialect h2) {
      new H2Copies(connection, h2, sql.name()).finish();
    }
  }
}
