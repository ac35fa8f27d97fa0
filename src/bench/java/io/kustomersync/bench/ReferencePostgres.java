package io.kustomersync.bench;

import io.kustomersync.bench.StreamedPage.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page in one guarded upsert of an array for each column, the fastest way of
 * docs/evidence/performance.md; values go as text.
 */
final class ReferencePostgres implements Reference.Writer {

  private final Connection connection;
  private final List<Column> columns;
  private final PreparedStatement upsert;
  private final int id;

  ReferencePostgres(String url, List<Column> columns) throws SQLException {
    this.columns = columns;
    id = columns.stream().map(Column::name).toList().indexOf("id");
    connection = DriverManager.getConnection(url, "postgres", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          columns.stream()
              .map(column -> '"' + column.name() + "\" " + type(column))
              .collect(Collectors.joining(", ", "CREATE TABLE reference (", ")")));
    }
    connection.setAutoCommit(false);
    upsert = connection.prepareStatement(upsert());
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case "INTEGER" -> "bigint";
      case "DECIMAL" -> "numeric";
      case "BOOLEAN" -> "boolean";
      case "TIMESTAMP" -> "timestamptz";
      case "JSON" -> column.name().equals("raw") ? "text" : "jsonb";
      default -> column.name().equals("id") ? "text primary key" : "text";
    };
  }

  private String upsert() {
    List<String> names = columns.stream().map(column -> '"' + column.name() + '"').toList();
    String list = String.join(", ", names);
    return "INSERT INTO reference AS s ("
        + list
        + ") SELECT "
        + columns.stream()
            .map(column -> '"' + column.name() + "\"::" + type(column).replace(" primary key", ""))
            .collect(Collectors.joining(", "))
        + " FROM unnest(?::text[]"
        + ", ?::text[]".repeat(names.size() - 1)
        + ") AS page ("
        + list
        + ")"
        + columns.stream()
            .filter(column -> !column.name().equals("id"))
            .map(column -> '"' + column.name() + "\" = EXCLUDED.\"" + column.name() + '"')
            .collect(Collectors.joining(", ", " ON CONFLICT (id) DO UPDATE SET ", ""))
        + " WHERE CASE WHEN EXCLUDED.updated_at < s.updated_at THEN FALSE"
        + " WHEN EXCLUDED.updated_at > s.updated_at THEN TRUE"
        + " WHEN EXCLUDED.rev < s.rev THEN FALSE ELSE TRUE END";
  }

  @Override
  public void write(List<String[]> page) throws SQLException {
    // one statement takes no id twice
    Map<String, String[]> newest = new LinkedHashMap<>();
    page.forEach(row -> newest.put(row[id], row));
    List<String[]> rows = List.copyOf(newest.values());
    for (int i = 0; i < columns.size(); i++) {
      String[] cells = new String[rows.size()];
      for (int row = 0; row < cells.length; row++) {
        cells[row] = rows.get(row)[i];
      }
      upsert.setArray(i + 1, connection.createArrayOf("text", cells));
    }
    upsert.executeUpdate();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
