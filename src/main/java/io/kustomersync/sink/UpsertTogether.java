package io.kustomersync.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Sends many rows in one guarded upsert; the database compares versions. Of the ways measured
 * (docs/performance.md) it is as fast as any, and needs neither a staging table nor a driver's own
 * interface.
 */
record UpsertTogether(Connection connection, TableSql sql, Cells cells) implements RowWriter {

  /** More bring nothing; with them, the statement is always the same and its plan is kept. */
  private static final int MOST_ROWS = 128;

  /** PostgreSQL takes 65,535 in a statement. */
  private static final int MOST_PARAMETERS = 32_000;

  /** Characters of text; fewer where the server takes only small statements. */
  private static final long MOST_TEXT = 2_000_000;

  @Override
  public Written replace(List<String> shape, List<Map<String, Object>> rows) throws SQLException {
    int changed = together(shape, rows, count -> sql.upsert(shape, count));
    return new Written(changed, rows.size() - changed);
  }

  @Override
  public void append(List<String> shape, List<String> key, List<Map<String, Object>> rows)
      throws SQLException {
    together(shape, rows, count -> sql.append(shape, key, count));
  }

  private int together(
      List<String> shape, List<Map<String, Object>> rows, IntFunction<TableSql.Statement> statement)
      throws SQLException {
    int most = Math.max(1, Math.min(MOST_ROWS, MOST_PARAMETERS / shape.size()));
    long mostText = Math.min(MOST_TEXT, sql.dialect().largestStatement() / WireSize.MOST_BYTES);
    int changed = 0;
    int from = 0;
    while (from < rows.size()) {
      int to = from;
      long text = 0;
      while (to < rows.size() && to - from < most && (to == from || text < mostText)) {
        text += size(rows.get(to));
        to++;
      }
      if (text > mostText && to - from > 1) {
        to--;
      }
      changed += execute(statement.apply(to - from), rows.subList(from, to));
      from = to;
    }
    return changed;
  }

  private int execute(TableSql.Statement statement, List<Map<String, Object>> rows)
      throws SQLException {
    List<String> shape = statement.parameters();
    try (PreparedStatement upsert = connection.prepareStatement(statement.sql())) {
      for (int i = 0; i < rows.size(); i++) {
        cells.bind(upsert, 1 + i * shape.size(), shape, rows.get(i));
      }
      return upsert.executeUpdate();
    } catch (SQLException e) {
      throw sql.dialect().explained(e);
    }
  }

  private static long size(Map<String, Object> row) {
    long size = 0;
    for (Object value : row.values()) {
      size += value instanceof String text ? text.length() : 8;
    }
    return size;
  }
}
