package io.kustomersync.sink.database;

import io.kustomersync.checkpoint.Fingerprint;
import java.util.Optional;

/**
 * How the database sink lays out what it writes.
 *
 * @param schema that the tables are in (in MariaDB and MySQL a database), made if it is missing;
 *     empty for the one that the connection begins in
 * @param prefix what the tables' names begin with; may be empty
 * @param deletes what becomes of records that Kustomer deleted
 * @param history whether each version that arrives is also kept in {@code <table>_history}
 */
public record DatabaseOptions(
    Optional<String> schema, String prefix, Deletes deletes, boolean history) {

  /** What becomes of the row of a record that Kustomer deleted. */
  public enum Deletes {
    /** It stays, with {@code deleted} true. */
    MARK,
    /**
     * It goes; {@code <table>_deleted} keeps its id and version, so that an older version that is
     * read again does not bring it back.
     */
    REMOVE
  }

  /** The connection's own schema, no prefix, deletes marked, no history. */
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(Optional.empty(), "", Deletes.MARK, false);

  /** What PostgreSQL takes, the shortest of the databases. */
  private static final int LONGEST = 63;

  private static final int HASH = 8;

  TableName table(String table) {
    return named(prefix + table);
  }

  TableName history(String table) {
    return named(prefix + table + "_history");
  }

  TableName deleted(String table) {
    return named(prefix + table + "_deleted");
  }

  /** A name that is too long ends in its hash. */
  private TableName named(String name) {
    if (name.length() <= LONGEST) {
      return new TableName(schema, name);
    }
    String hash = Fingerprint.of(name).substring(0, HASH);
    return new TableName(schema, name.substring(0, LONGEST - 1 - HASH) + "_" + hash);
  }
}
