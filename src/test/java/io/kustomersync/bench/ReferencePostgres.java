package io.kustomersync.bench;

import io.kustomersync.bench.StreamedPage.Column;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** 128 rows in one guarded upsert, the fastest way of docs/performance.md; values go as text. */
final class ReferencePostgres implements Reference.Writer {

  private static final int TOGETHER = 128;

  private final Connection connection;
  private final List<Column> columns;
  private final PreparedStatement whole;
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
    whole = connection.prepareStatement(upsert(TOGETHER));
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

  private String upsert(int rows) {
    String row = "(?" + ", ?".repeat(columns.size() - 1) + ")";
    return columns.stream()
            .map(column -> '"' + column.name() + '"')
            .collect(Collectors.joining(", ", "INSERT INTO reference AS s (", ") VALUES "))
        + row
        + (", " + row).repeat(rows - 1)
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
    for (int from = 0; from < rows.size(); from += TOGETHER) {
      List<String[]> part = rows.subList(from, Math.min(rows.size(), from + TOGETHER));
      if (part.size() == TOGETHER) {
        execute(whole, part);
      } else {
        try (PreparedStatement rest = connection.prepareStatement(upsert(part.size()))) {
          execute(rest, part);
        }
      }
    }
    connection.commit();
  }

  private void execute(PreparedStatement statement, List<String[]> rows) throws SQLException {
    int at = 1;
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        boolean text = columns.get(i).type().equals("TEXT") || columns.get(i).name().equals("raw");
        statement.setObject(at++, row[i], text ? Types.VARCHAR : Types.OTHER);
      }
    }
    statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
