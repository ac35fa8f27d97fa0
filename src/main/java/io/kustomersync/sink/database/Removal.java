package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes deleted records out of their table and notes their versions, so that an older version never
 * brings them back. Works on rows that are written as if they were only marked: so another writer
 * of the same row waits for us, and finds the note.
 */
final class Removal {

  private static final String OLDER =
      "CASE WHEN %1$s.%3$s < %2$s.%3$s THEN TRUE WHEN %1$s.%3$s > %2$s.%3$s THEN FALSE"
          + " WHEN %1$s.%4$s < %2$s.%4$s THEN TRUE ELSE FALSE END";

  private final Connection connection;
  private final Dialect dialect;
  private final String rows;
  private final String notes;

  /**
   * @param rows the table
   * @param notes what was removed from it
   */
  Removal(Connection connection, TableSql rows, TableSql notes) {
    this.connection = connection;
    this.dialect = rows.dialect();
    this.rows = rows.name().quoted(dialect);
    this.notes = notes.name().quoted(dialect);
  }

  /** After these ids have been written: those that are deleted go. */
  void remove(List<String> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    String those = id() + " IN (?" + ", ?".repeat(ids.size() - 1) + ")";
    String older = OLDER.formatted(rows, notes, quoted("updated_at"), quoted("rev"));
    execute(
        "DELETE FROM %s WHERE %s AND EXISTS (SELECT 1 FROM %s WHERE %s.%s = %s.%s AND %s)"
            .formatted(rows, those, notes, notes, id(), rows, id(), older),
        ids);
    execute(
        "DELETE FROM %1$s WHERE %2$s AND %3$s IN (SELECT %3$s FROM %4$s)"
            .formatted(notes, those, id(), rows),
        ids);
    move(" AND " + those, ids);
  }

  /** Those that were only marked before. */
  void removeMarked() throws SQLException {
    execute(
        "DELETE FROM %s WHERE %s IN (SELECT %s FROM %s WHERE %s)"
            .formatted(notes, id(), id(), rows, marked()),
        List.of());
    move("", List.of());
  }

  private void move(String those, List<String> ids) throws SQLException {
    String kept = String.join(", ", id(), quoted("updated_at"), quoted("rev"));
    execute(
        "INSERT INTO %s (%s, %s) SELECT %s, %s FROM %s WHERE %s%s"
            .formatted(
                notes,
                kept,
                quoted(TableRole.REMOVED_AT),
                kept,
                quoted("synced_at"),
                rows,
                marked(),
                those),
        ids);
    execute("DELETE FROM %s WHERE %s%s".formatted(rows, marked(), those), ids);
  }

  private void execute(String sql, List<String> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < ids.size(); i++) {
        statement.setString(i + 1, ids.get(i));
      }
      statement.executeUpdate();
    }
  }

  private String marked() {
    return quoted("deleted") + " = TRUE";
  }

  private String id() {
    return quoted("id");
  }

  private String quoted(String name) {
    return dialect.quoted(name);
  }
}
