package io.kustomersync.it;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the database holds, and how that differs from the sandbox's journal. */
final class Rows implements AutoCloseable {
  private static final int MOST_NAMED = 10;
  private static final Set<String> LISTED =
      Set.of("users", "teams", "tags", "shortcuts", "brands", "klasses");

  private final Connection connection;

  private Rows(Connection connection) {
    this.connection = connection;
  }

  static Rows of(Distribution distribution) throws SQLException {
    return new Rows(DriverManager.getConnection(distribution.databaseUrl(), "sa", ""));
  }

  private record Version(Long rev, Instant updatedAt, boolean deleted) {
    /**
     * Some lists carry no rev; then the time of the update tells. What vanished from a list tells
     * neither.
     */
    boolean is(JournalEntry entry, boolean listed) {
      boolean same = rev == null ? entry.updatedAt().equals(updatedAt) : rev == entry.rev();
      return deleted == entry.deleted() && (same || (deleted && listed));
    }
  }

  /**
   * Each record of the journal that is not in the table just so, and each row that is in no
   * journal; the first few. Empty when they are equal. Of records deleted beyond finding, nothing
   * is asked.
   *
   * @param kind as the sandbox names it, which is the table's name but for signs
   */
  List<String> differences(SandboxKustomer sandbox, String kind) throws SQLException {
    Map<String, Version> rows = versions(kind.replace('-', '_'));
    List<String> differences = new ArrayList<>();
    for (JournalEntry entry : sandbox.journal(kind)) {
      Version row = rows.remove(entry.id());
      if (entry.findable() && (row == null || !row.is(entry, LISTED.contains(kind)))) {
        differences.add(kind + ": " + row + " should be " + entry);
      }
    }
    rows.forEach((id, row) -> differences.add(kind + " " + id + ": " + row + " is no record"));
    return differences.stream().limit(MOST_NAMED).toList();
  }

  private Map<String, Version> versions(String table) throws SQLException {
    Map<String, Version> versions = new TreeMap<>();
    for (List<Object> row : query("select id, rev, updated_at, deleted from " + table)) {
      OffsetDateTime updated = (OffsetDateTime) row.get(2);
      versions.put(
          row.get(0).toString(),
          new Version(
              (Long) row.get(1),
              updated == null ? null : updated.toInstant(),
              Boolean.TRUE.equals(row.get(3))));
    }
    return versions;
  }

  long count(String table) throws SQLException {
    return (Long) query("select count(*) from " + table).get(0).get(0);
  }

  Object value(String sql) throws SQLException {
    return query(sql).get(0).get(0);
  }

  List<List<Object>> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  int update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
