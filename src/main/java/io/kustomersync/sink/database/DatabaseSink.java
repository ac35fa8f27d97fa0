package io.kustomersync.sink.database;

import io.kustomersync.checkpoint.Fingerprint;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Keeps tables in a database equal to what it is given. Makes tables, adds and widens columns as
 * rows need them; never drops, narrows or renames anything, so users' own columns and indexes stay.
 *
 * <p>When {@link #write} returns, the whole page is committed and on disk; when it throws, nothing
 * of it is. Writing a page again, or an older one after a newer, changes nothing. Nothing is cut to
 * fit: a value that the database or a column a user has altered can't hold makes the page fail,
 * with an {@link UnstorableRowException} where the row is known.
 *
 * <p>Thread-safe; pages of one table go one after the other.
 */
public final class DatabaseSink {

  private final DataSource database;
  private final DatabaseOptions options;
  private final Map<String, Map<TableRole, TableMigrator>> targets = new ConcurrentHashMap<>();

  public DatabaseSink(DataSource database) {
    this(database, DatabaseOptions.DEFAULT);
  }

  public DatabaseSink(DataSource database, DatabaseOptions options) {
    this.database = database;
    this.options = options;
  }

  /**
   * @param rows each has an {@code id}; a column that a row lacks stays as it is, a null
   *     overwrites. Of two rows with the same id the newer by {@code updated_at}, then {@code rev},
   *     wins; if that can't be told, the later
   * @throws SQLException when nothing was written
   * @throws IllegalArgumentException when a row has no id or a column that the schema lacks
   */
  public WriteResult write(TableSchema schema, List<? extends Map<String, Object>> rows)
      throws SQLException {
    Map<TableRole, TableMigrator> targets =
        this.targets.computeIfAbsent(schema.table(), table -> new EnumMap<>(TableRole.class));
    synchronized (targets) {
      try (Connection connection = database.getConnection()) {
        boolean autoCommit = connection.getAutoCommit();
        // DDL ends a transaction, so the table is made to fit before the page's begins.
        connection.setAutoCommit(true);
        Dialect dialect = Dialects.of(connection);
        WriteResult written;
        try {
          dialect.prepare(connection);
          boolean looked = fit(connection, dialect, targets, schema, rows);
          connection.setAutoCommit(false);
          written = write(connection, targets, rows, looked);
          connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
          // Someone may have altered the table: look at it again next time.
          targets.values().forEach(TableMigrator::forget);
          rollBack(connection, autoCommit, e);
          throw e;
        }
        connection.setAutoCommit(true);
        dialect.persist(connection);
        connection.setAutoCommit(autoCommit);
        return written;
      }
    }
  }

  private boolean fit(
      Connection connection,
      Dialect dialect,
      Map<TableRole, TableMigrator> targets,
      TableSchema schema,
      List<? extends Map<String, Object>> rows)
      throws SQLException {
    if (targets.isEmpty()) {
      if (options.schema().isPresent()) {
        TableMigrator.makeSchema(connection, dialect, options.schema().get());
      }
      add(targets, TableRole.ROWS, schema, dialect, options.table(schema.table()));
      if (options.history()) {
        add(targets, TableRole.HISTORY, schema, dialect, options.history(schema.table()));
      }
      if (options.deletes() == DatabaseOptions.Deletes.REMOVE) {
        add(targets, TableRole.DELETED, schema, dialect, options.deleted(schema.table()));
      }
    }
    boolean looked = false;
    List<Column> columns = schema.columns();
    for (TableMigrator target : targets.values()) {
      looked |= target.fit(connection, columns, rows);
    }
    return looked;
  }

  private static void add(
      Map<TableRole, TableMigrator> targets,
      TableRole role,
      TableSchema schema,
      Dialect dialect,
      TableName name) {
    targets.put(role, new TableMigrator(schema.table(), role, new TableSql(dialect, name)));
  }

  private static WriteResult write(
      Connection connection,
      Map<TableRole, TableMigrator> targets,
      List<? extends Map<String, Object>> rows,
      boolean looked)
      throws SQLException {
    TableMigrator target = targets.get(TableRole.ROWS);
    WriteResult written = new TablePageWriter(connection, target).write(rows);
    TableMigrator history = targets.get(TableRole.HISTORY);
    if (history != null) {
      new TablePageWriter(connection, history)
          .append(rows.stream().map(DatabaseSink::version).toList());
    }
    TableMigrator deleted = targets.get(TableRole.DELETED);
    if (deleted != null) {
      Removal removal = new Removal(connection, target.sql(), deleted.sql());
      removal.remove(rows.stream().map(row -> (String) row.get("id")).distinct().sorted().toList());
      if (looked) {
        removal.removeMarked();
      }
    }
    return written;
  }

  /**
   * The row as its history keeps it. A record without {@code rev} is told apart by its time and by
   * what it says.
   */
  private static Map<String, Object> version(Map<String, Object> row) {
    Map<String, Object> version = new LinkedHashMap<>(row);
    Object rev = row.get("rev");
    if (rev != null) {
      version.put(TableRole.VERSION, rev.toString());
      return version;
    }
    StringBuilder said = new StringBuilder();
    row.forEach(
        (column, value) -> {
          if (value != null && !column.equals("synced_at")) {
            said.append(column).append('\n').append(value).append('\n');
          }
        });
    Object time = row.get("updated_at");
    version.put(
        TableRole.VERSION, (time == null ? "" : time) + "~" + Fingerprint.of(said.toString()));
    return version;
  }

  private static void rollBack(Connection connection, boolean autoCommit, Throwable reason) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      // Only after the rollback: switching it on commits what is open.
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
