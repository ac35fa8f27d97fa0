package io.kustomersync.sink;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/**
 * What differs from database to database. Another database is another implementation and a line in
 * {@link #of}. Immutable.
 *
 * <p>Names come in as users see them ({@code customers}, {@code created_at}).
 */
sealed interface Dialect permits H2Dialect {

  /**
   * @throws SQLException when there is none for this database
   */
  static Dialect of(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String product = database.getDatabaseProductName();
    if (product.equals("H2")) {
      return new H2Dialect(database.storesUpperCaseIdentifiers());
    }
    throw new SQLException(
        "The database sink does not know " + product + ". Point it at an H2 database.");
  }

  /** The name as the database's catalogue holds it. */
  String stored(String name);

  /** The name as SQL takes it, whatever is in it. */
  String quoted(String name);

  /** The type of the column {@code id}, which has to be indexed. */
  String keyType();

  String typeName(StoredType type);

  /**
   * What a column of the catalogue holds.
   *
   * @param jdbcType one of {@link java.sql.Types}
   */
  StoredType typeOf(int jdbcType);

  /** Changes a column's type; what it holds stays, written the way a row would write it. */
  String widen(String table, String column, StoredType from, StoredType to);

  /** Makes what was committed outlive the process. */
  void persist(Connection connection) throws SQLException;
}
