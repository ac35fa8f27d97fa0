package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What differs from database to database in SQL and types. Another database is another
 * implementation and its lines in {@link Dialects}. Immutable.
 *
 * <p>Names of columns come in as users see them ({@code created_at}); a {@code table} is quoted
 * already, with its schema where one is set.
 */
sealed interface Dialect permits H2Dialect, PostgresDialect, MariaDbDialect {

  /** What an INSERT can do about a key that is there already. */
  enum Conflict {
    /** Nothing: it has to be looked for before. */
    LOOKED_FOR,
    ON_CONFLICT,
    ON_DUPLICATE_KEY
  }

  Conflict conflict();

  /** Bytes that the server takes in one statement. */
  default long largestStatement() {
    return Long.MAX_VALUE;
  }

  /** What users call the database. */
  String product();

  /** The name as the database's catalogue holds it. */
  String stored(String name);

  /** A column's name as the catalogue gave it, made comparable with {@link #stored}. */
  default String found(String name) {
    return name;
  }

  /** The name as SQL takes it, whatever is in it. */
  String quoted(String name);

  /** Whether what users set as schema is what JDBC calls a catalogue. */
  default boolean schemaIsCatalog() {
    return false;
  }

  /** The type of the column {@code id}, which has to be indexed. */
  String keyType();

  /** The type of {@link TableRole#VERSION}, indexed too; what it holds is short and ASCII. */
  default String versionType() {
    return "VARCHAR(100)";
  }

  String typeName(StoredType type);

  /**
   * What a column of the catalogue holds.
   *
   * @param jdbcType one of {@link java.sql.Types}
   * @param typeName the database's own name for it
   */
  StoredType typeOf(int jdbcType, String typeName);

  /** What ends a {@code CREATE TABLE}. */
  default String tableOptions() {
    return "";
  }

  /** Says in the database what a table is. */
  default String comment(String table, String text) {
    return "COMMENT ON TABLE " + table + " IS '" + text.replace("'", "''") + "'";
  }

  /**
   * @param definitions name and type of each column
   */
  String addColumns(String table, List<String> definitions);

  /** Changes a column's type; what it holds stays, written the way a row would write it. */
  List<String> widen(String table, String column, StoredType from, StoredType to);

  /**
   * What is left of a widening that was cut off, as the column's comment tells; empty as a rule.
   */
  default List<String> finishWidening(String table, String column, String comment) {
    return List.of();
  }

  /** Whether a column of the type holds the value exactly; if not it has to become text. */
  default boolean holds(StoredType type, Object value) {
    return true;
  }

  /** Why text can't be stored as it is, whatever the column; empty if it can. */
  default Optional<String> refusal(StoredType type, String text) {
    return Optional.empty();
  }

  /** Sets the session up, so that the database refuses what it would otherwise cut to fit. */
  default void prepare(Connection connection) throws SQLException {}

  /** Whether text without a type of its own is to take that of the column. */
  default boolean takesColumnsType(StoredType type) {
    return false;
  }

  /** A time as the driver takes it for a column of ours. */
  default Object bound(OffsetDateTime time) {
    return time;
  }

  /** A time of a column of ours, which may be null. */
  default OffsetDateTime time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class);
  }

  /** Makes what was committed outlive the process. */
  default void persist(Connection connection) throws SQLException {}

  /** The same failure in words that a person can do something with, where we know better ones. */
  default SQLException explained(SQLException failure) {
    return failure;
  }
}
