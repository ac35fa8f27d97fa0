package io.kustomersync.sink.database;

import io.kustomersync.audit.SinkRow;
import io.kustomersync.audit.SinkRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * What the database sink holds of one table of Kustomer, for an audit. Reads only, but for an index
 * over {@code (updated_at, deleted)} that each table gets when it is first counted. Tables that the
 * database does not have count as empty. Not thread-safe.
 */
public final class StoredRows implements SinkRows {

  /** Ids asked for in one statement. */
  private static final int AT_ONCE = 500;

  private final DataSource database;
  private final DatabaseOptions options;
  private final Map<String, String> types;
  private final Map<String, AuditSql> found = new HashMap<>();

  /**
   * @param types table of the sink → type of its records for custom objects, e.g. {@code
   *     kobject.order}, else empty
   */
  public StoredRows(DataSource database, DatabaseOptions options, Map<String, String> types) {
    this.database = database;
    this.options = options;
    this.types = Map.copyOf(types);
  }

  @FunctionalInterface
  private interface Query<T> {
    T of(Connection connection, String table, AuditSql sql) throws SQLException;
  }

  /** Asks each table that there is. */
  private <T> List<T> ask(Query<T> query) {
    List<T> answers = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      for (String table : types.keySet()) {
        if (!found.containsKey(table)) {
          AuditSql.prepared(connection, options, table).ifPresent(sql -> found.put(table, sql));
        }
        if (found.containsKey(table)) {
          answers.add(query.of(connection, table, found.get(table)));
        }
      }
      return answers;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the database sink can't be read for the audit: " + e.getMessage(), e);
    }
  }

  @Override
  public Count count(Instant from, Instant before) {
    return ask((connection, table, sql) -> count(connection, sql, from, before)).stream()
        .reduce(Count.NONE, Count::plus);
  }

  private static Count count(Connection connection, AuditSql sql, Instant from, Instant before)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql.count())) {
      select.setObject(1, time(sql, from));
      select.setObject(2, time(sql, before));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long all = row.getLong(1);
        long deleted = row.getLong(2);
        return new Count(all - deleted, deleted);
      }
    }
  }

  /** Of the table that holds most of them. */
  @Override
  public Optional<Instant> middle(Instant from, Instant before) {
    record Middle(long rows, Optional<Instant> at) {}
    return ask(
            (connection, table, sql) -> {
              long rows = count(connection, sql, from, before).all();
              return new Middle(rows, nth(connection, sql, from, before, rows / 2));
            })
        .stream()
        .max((one, other) -> Long.compare(one.rows(), other.rows()))
        .flatMap(Middle::at);
  }

  private static Optional<Instant> nth(
      Connection connection, AuditSql sql, Instant from, Instant before, long n)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql.nth())) {
      select.setObject(1, time(sql, from));
      select.setObject(2, time(sql, before));
      select.setLong(3, n);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(sql.dialect().time(row, 1).toInstant()) : Optional.empty();
      }
    }
  }

  @Override
  public List<SinkRow> between(Instant from, Instant before) {
    return rows(
        (connection, table, sql) -> {
          try (PreparedStatement select = connection.prepareStatement(sql.between())) {
            select.setObject(1, time(sql, from));
            select.setObject(2, time(sql, before));
            return rows(sql, table, select);
          }
        });
  }

  @Override
  public List<SinkRow> find(Collection<String> ids) {
    List<String> wanted = List.copyOf(ids);
    return rows(
        (connection, table, sql) -> {
          List<SinkRow> rows = new ArrayList<>();
          for (int i = 0; i < wanted.size(); i += AT_ONCE) {
            List<String> some = wanted.subList(i, Math.min(wanted.size(), i + AT_ONCE));
            try (PreparedStatement select = connection.prepareStatement(sql.find(some.size()))) {
              for (int j = 0; j < some.size(); j++) {
                select.setString(j + 1, some.get(j));
              }
              rows.addAll(rows(sql, table, select));
            }
          }
          return rows;
        });
  }

  @Override
  public List<SinkRow> all() {
    return rows(
        (connection, table, sql) -> {
          try (PreparedStatement select = connection.prepareStatement(sql.all())) {
            return rows(sql, table, select);
          }
        });
  }

  private List<SinkRow> rows(Query<List<SinkRow>> query) {
    return ask(query).stream().flatMap(List::stream).toList();
  }

  private List<SinkRow> rows(AuditSql sql, String table, PreparedStatement select)
      throws SQLException {
    List<SinkRow> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime updatedAt = sql.dialect().time(row, 2);
        long rev = row.getLong(3);
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(rev);
        rows.add(
            new SinkRow(
                table,
                types.get(table),
                row.getString(1),
                Optional.ofNullable(updatedAt).map(OffsetDateTime::toInstant),
                known,
                row.getBoolean(4)));
      }
    }
    return rows;
  }

  private static Object time(AuditSql sql, Instant instant) {
    return sql.dialect().bound(instant.atOffset(ZoneOffset.UTC));
  }
}
