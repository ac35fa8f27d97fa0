package io.kustomersync.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;

/** What differs in the checkpoint store's SQL from database to database. */
enum StoreDialect {
  H2("SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)", "CLOB", "BLOB", ""),

  /** Its other clocks stand still within a transaction. */
  POSTGRESQL(
      "SELECT CAST(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000 AS BIGINT)", "TEXT", "BYTEA", ""),

  /**
   * MariaDB and MySQL. Their local time has an hour twice each autumn. Without options they would
   * take the database's own: a charset which may be a narrow one, or mix up case, and an engine
   * which may have no transactions, so that nothing would keep an overtaken process from writing.
   */
  MARIADB(
      "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
      "LONGTEXT",
      "LONGBLOB",
      " ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin");

  /** Asks for the time in epoch milliseconds. */
  final String clock;

  final String text;
  final String bytes;

  /** What ends a {@code CREATE TABLE}. */
  final String tableOptions;

  StoreDialect(String clock, String text, String bytes, String tableOptions) {
    this.clock = clock;
    this.text = text;
    this.bytes = bytes;
    this.tableOptions = tableOptions;
  }

  /**
   * @throws SQLException when there is none for this database
   */
  static StoreDialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      case "MariaDB", "MySQL" -> MARIADB;
      default ->
          throw new SQLException(
              product + " is not a database that we know; use H2, PostgreSQL, MariaDB or MySQL");
    };
  }
}
