package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Sends many rows in one guarded upsert of {@code VALUES}; the database compares versions. How fast
 * it is beside other ways is in docs/evidence/performance.md.
 */
record UpsertTogether(Connection connection, TableSql sql, RowBinder cells) implements RowWriter {

  /** What Kustomer gives at once; more were not measured. */
  private static final int MOST_ROWS = 500;

  /** PostgreSQL takes 65,535 in a statement. */
  private static final int MOST_PARAMETERS = 32_000;

  @Override
  public WriteResult replace(List<String> shape, List<Map<String, Object>> rows)
      throws SQLException {
    int changed = together(shape, rows, count -> sql.upsert(shape, count));
    return new WriteResult(changed, rows.size() - changed);
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
    int changed = 0;
    for (List<Map<String, Object>> portion : Portions.of(sql.dialect(), most).split(rows)) {
      changed += execute(statement.apply(portion.size()), portion);
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
}
