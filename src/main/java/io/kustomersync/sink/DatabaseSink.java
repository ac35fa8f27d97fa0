package io.kustomersync.sink;

import io.kustomersync.schema.Column;
import io.kustomersync.schema.TableSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
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
 * fit: a value that a column a user has altered can't hold makes the page fail.
 *
 * <p>Thread-safe; pages of one table go one after the other.
 */
public final class DatabaseSink {

  private final DataSource database;
  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  public DatabaseSink(DataSource database) {
    this.database = database;
  }

  /**
   * @param rows each has an {@code id}; a column that a row lacks stays as it is, a null
   *     overwrites. Of two rows with the same id the newer by {@code updated_at}, then {@code rev},
   *     wins; if that can't be told, the later
   * @throws SQLException when nothing was written
   * @throws IllegalArgumentException when a row has no id or a column that the schema lacks
   */
  public Written write(TableSchema schema, List<? extends Map<String, Object>> rows)
      throws SQLException {
    Target target = targets.computeIfAbsent(schema.table(), table -> new Target());
    synchronized (target) {
      try (Connection connection = database.getConnection()) {
        boolean autoCommit = connection.getAutoCommit();
        // DDL ends a transaction, so the table is made to fit before the page's begins.
        connection.setAutoCommit(true);
        Dialect dialect = Dialect.of(connection);
        TableSql sql = new TableSql(dialect, schema.table());
        Written written;
        try {
          target.fit(connection, sql, schema);
          connection.setAutoCommit(false);
          written = new PageWriter(connection, sql, target.columns).write(rows);
          connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
          // Someone may have altered the table: look at it again next time.
          target.fitted = null;
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

  /** A table as the database has it. Guarded by itself. */
  private static final class Target {

    /** The schema that the table was last made to fit; null before that. */
    private TableSchema fitted;

    private Map<String, StoredType> columns = Map.of();

    void fit(Connection connection, TableSql sql, TableSchema schema) throws SQLException {
      if (schema.equals(fitted)) {
        return;
      }
      Map<String, StoredType> stored = storedColumns(connection, sql);
      Map<String, StoredType> missing = new LinkedHashMap<>();
      Map<String, StoredType> all = new LinkedHashMap<>();
      try (Statement statement = connection.createStatement()) {
        for (Column column : schema.columns()) {
          StoredType has = stored.get(sql.dialect().stored(column.name()));
          StoredType needed =
              has == null ? StoredType.of(column.type()) : has.widenedFor(column.type());
          if (has == null) {
            missing.put(column.name(), needed);
          } else if (needed != has) {
            statement.execute(sql.widen(column.name(), has, needed));
          }
          all.put(column.name(), needed);
        }
        if (stored.isEmpty()) {
          statement.execute(sql.create(missing));
        } else if (!missing.isEmpty()) {
          statement.execute(sql.add(missing));
        }
      }
      columns = all;
      fitted = schema;
    }

    private static Map<String, StoredType> storedColumns(Connection connection, TableSql sql)
        throws SQLException {
      String table = sql.dialect().stored(sql.table());
      Map<String, StoredType> columns = new HashMap<>();
      try (ResultSet found =
          connection
              .getMetaData()
              .getColumns(connection.getCatalog(), connection.getSchema(), null, null)) {
        while (found.next()) {
          // Compared here: as a pattern, the name's underscores would match other tables.
          if (found.getString("TABLE_NAME").equals(table)) {
            columns.put(
                found.getString("COLUMN_NAME"), sql.dialect().typeOf(found.getInt("DATA_TYPE")));
          }
        }
      }
      return columns;
    }
  }
}
