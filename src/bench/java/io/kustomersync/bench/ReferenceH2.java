package io.kustomersync.bench;

import io.kustomersync.bench.StreamedPage.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks each id up, since H2's MERGE is slower, then one batch of inserts and one of guarded
 * updates; forces the file after each page, which H2 does not by itself.
 */
final class ReferenceH2 implements Reference.Writer {

  private final Connection connection;
  private final List<Column> columns;
  private final PreparedStatement look;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final Statement statement;
  private final int id;
  private final int updatedAt;
  private final int rev;

  ReferenceH2(String url, List<Column> columns) throws SQLException {
    this.columns = columns;
    List<String> names = columns.stream().map(Column::name).toList();
    id = names.indexOf("id");
    updatedAt = names.indexOf("updated_at");
    rev = names.indexOf("rev");
    connection = DriverManager.getConnection(url, "sa", "");
    statement = connection.createStatement();
    statement.execute(
        columns.stream()
            .map(column -> quoted(column) + " " + type(column))
            .collect(Collectors.joining(", ", "CREATE TABLE reference (", ")")));
    connection.setAutoCommit(false);
    look = connection.prepareStatement("SELECT 1 FROM reference WHERE id = ?");
    insert =
        connection.prepareStatement(
            "INSERT INTO reference VALUES (?" + ", ?".repeat(columns.size() - 1) + ")");
    update =
        connection.prepareStatement(
            columns.stream()
                    .map(column -> quoted(column) + " = ?")
                    .collect(Collectors.joining(", ", "UPDATE reference SET ", " WHERE id = ?"))
                + " AND CASE WHEN ? < updated_at THEN FALSE WHEN ? > updated_at THEN TRUE"
                + " WHEN ? < rev THEN FALSE ELSE TRUE END");
  }

  private static String quoted(Column column) {
    return '"' + column.name().toUpperCase(java.util.Locale.ROOT) + '"';
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case "INTEGER" -> "BIGINT";
      case "DECIMAL" -> "DECFLOAT";
      case "BOOLEAN" -> "BOOLEAN";
      case "TIMESTAMP" -> "TIMESTAMP(9) WITH TIME ZONE";
      default -> column.name().equals("id") ? "VARCHAR(512) PRIMARY KEY" : "VARCHAR";
    };
  }

  @Override
  public void write(List<String[]> rows) throws SQLException {
    List<String[]> known = new ArrayList<>();
    boolean inserts = false;
    for (String[] row : rows) {
      look.setString(1, row[id]);
      try (ResultSet found = look.executeQuery()) {
        if (found.next()) {
          known.add(row);
        } else {
          bind(insert, row);
          insert.addBatch();
          inserts = true;
        }
      }
    }
    if (inserts) {
      insert.executeBatch();
    }
    if (!known.isEmpty()) {
      for (String[] row : known) {
        bind(update, row);
        update.setString(row.length + 1, row[id]);
        update.setString(row.length + 2, row[updatedAt]);
        update.setString(row.length + 3, row[updatedAt]);
        update.setLong(row.length + 4, Long.parseLong(row[rev]));
        update.addBatch();
      }
      update.executeBatch();
    }
    connection.commit();
    statement.execute("CHECKPOINT SYNC");
    connection.commit();
  }

  private void bind(PreparedStatement target, String[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null && columns.get(i).type().equals("INTEGER")) {
        target.setLong(i + 1, Long.parseLong(row[i]));
      } else {
        target.setString(i + 1, row[i]);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
