package io.kustomersync.checkpoint;

import io.kustomersync.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The database tables that positions and schemas are stored in: made at first use, refused when a
 * newer version made them. Plain SQL that H2, PostgreSQL and MySQL/MariaDB share. Thread-safe.
 */
public final class JdbcStore {

  static final int FORMAT = 1;

  private static final int TRIES = 5;

  private final DataSource dataSource;
  private final String place;
  private boolean prepared;

  /** What one transaction does. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Touches nothing yet: the tables are looked for, and made if need be, when first used.
   *
   * @param place what users know the store by, e.g. its JDBC URL without secrets; used in messages
   */
  public JdbcStore(DataSource dataSource, String place) {
    this.dataSource = dataSource;
    this.place = place;
  }

  /**
   * Fails early rather than at the first page.
   *
   * @throws CheckpointException when it can't be reached or written, or is of a newer version
   */
  public void open() {
    transaction("be opened", connection -> null);
  }

  String place() {
    return place;
  }

  /**
   * @throws CheckpointException in place of any {@link SQLException}
   */
  <T> T transaction(String purpose, Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      try {
        prepareOnce(connection);
        result = work.in(connection);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        undo(connection, e);
        throw e;
      }
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException e) {
      throw new CheckpointException(
          "checkpoint store " + place + " can't " + purpose + ": " + e.getMessage(), e);
    }
  }

  /** What went wrong first is told, not that a broken connection can't be used any more either. */
  private static void undo(Connection connection, Exception failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * As above, unless another process has taken over.
   *
   * @throws LeaseException when it has
   */
  <T> T transaction(String purpose, Lease lease, Work<T> work) {
    return transaction(
        purpose,
        connection -> {
          lease.fence(connection);
          return work.in(connection);
        });
  }

  private synchronized void prepareOnce(Connection connection) throws SQLException {
    if (!prepared) {
      for (int attempt = 1; !prepared; attempt++) {
        try {
          prepare(connection);
          connection.commit();
          prepared = true;
        } catch (SQLException e) {
          // another process may be making the tables at this very moment
          connection.rollback();
          if (attempt == TRIES) {
            throw e;
          }
        }
      }
    }
  }

  /** The database's clock, in epoch milliseconds; the one that all processes share. */
  long millis(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Database.of(connection).clock())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  static void update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  /** Replaces the row of a key: both statements take the same values in the same order. */
  static void replace(Connection connection, String update, String insert, Object... values)
      throws SQLException {
    int changed;
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      bind(statement, values);
      changed = statement.executeUpdate();
    }
    if (changed == 0) {
      update(connection, insert, values);
    }
  }

  static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** Whoever was killed in the midst of it is no obstacle: the format comes last. */
  private void prepare(Connection connection) throws SQLException {
    Database database = Database.of(connection);
    if (!exists(connection, "kustomer_sync_meta")
        || !exists(connection, "kustomer_sync_quarantine")) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : tables(database)) {
          statement.execute(
              sql.replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
                  + database.tableOptions());
        }
      }
    }
    Optional<String> format = format(connection);
    if (format.isEmpty()) {
      update(
          connection,
          "INSERT INTO kustomer_sync_meta (setting, setting_value) VALUES ('format', ?)",
          Integer.toString(FORMAT));
    } else {
      checkFormat(format.get());
    }
  }

  private static Optional<String> format(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT setting_value FROM kustomer_sync_meta WHERE setting = 'format'")) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    }
  }

  private void checkFormat(String format) {
    if (!format.matches("[0-9]{1,6}")) {
      throw CheckpointJson.damaged("checkpoint store " + place, null);
    }
    if (Integer.parseInt(format) > FORMAT) {
      throw new CheckpointException(
          "checkpoint store "
              + place
              + ": written by a newer version of Kustomer Sync (format "
              + format
              + ", this one knows "
              + FORMAT
              + "); run that version or a later one",
          null);
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    for (String name : List.of(table, table.toUpperCase(java.util.Locale.ROOT))) {
      try (ResultSet tables =
          connection
              .getMetaData()
              .getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
        if (tables.next()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> tables(Database database) {
    String text = database.textType();
    String bytes = database.bytesType();
    String key = "resource VARCHAR(100) NOT NULL, table_name VARCHAR(255) NOT NULL, ";
    return List.of(
        "CREATE TABLE kustomer_sync_meta (setting VARCHAR(100) PRIMARY KEY, "
            + "setting_value VARCHAR(1000) NOT NULL)",
        "CREATE TABLE kustomer_sync_checkpoint ("
            + key
            + "state "
            + text
            + " NOT NULL, digest VARCHAR(64) NOT NULL, PRIMARY KEY (resource, table_name))",
        "CREATE TABLE kustomer_sync_ledger ("
            + key
            + "chunk BIGINT NOT NULL, oldest VARCHAR(40) NOT NULL, newest VARCHAR(40) NOT NULL,"
            + " versions "
            + bytes
            + " NOT NULL, digest VARCHAR(64) NOT NULL, PRIMARY KEY (resource, table_name, chunk))",
        "CREATE TABLE kustomer_sync_schema ("
            + key
            + "state "
            + text
            + " NOT NULL, digest VARCHAR(64) NOT NULL, PRIMARY KEY (resource, table_name))",
        "CREATE TABLE kustomer_sync_status ("
            + key
            + "row_count BIGINT NOT NULL, last_poll VARCHAR(40), last_error "
            + text
            + ", last_error_at VARCHAR(40), PRIMARY KEY (resource, table_name))",
        "CREATE TABLE kustomer_sync_lease (resource VARCHAR(100) PRIMARY KEY, "
            + "token VARCHAR(64) NOT NULL, host VARCHAR(255) NOT NULL, "
            + "machine VARCHAR(255) NOT NULL, pid BIGINT NOT NULL, started VARCHAR(64) NOT NULL, "
            + "since_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL)",
        "CREATE TABLE kustomer_sync_quarantine (resource VARCHAR(100) NOT NULL, "
            + "entry VARCHAR(64) NOT NULL, table_name VARCHAR(255) NOT NULL, "
            + "record_id VARCHAR(1000) NOT NULL, place VARCHAR(100) NOT NULL, "
            + "updated_at VARCHAR(100), rev BIGINT, since VARCHAR(40) NOT NULL, reason "
            + text
            + " NOT NULL, row_json "
            + text
            + ", record "
            + text
            + ", PRIMARY KEY (resource, entry))");
  }
}
