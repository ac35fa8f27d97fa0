package io.kustomersync.sink.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends many rows to PostgreSQL in one guarded upsert that takes an array for each column: the
 * fastest way measured (docs/evidence/performance.md). The statement is the same however many rows
 * there are, so its plan is kept.
 *
 * @param values for rows that arrays are not for: a long one by itself, of which an array would be
 *     one more copy, and those with columns or values of a kind not ours
 */
record UpsertArrays(Connection connection, TableSql sql, RowBinder cells, UpsertTogether values)
    implements RowWriter {

  private static final int MOST_ROWS = 500;

  @Override
  public WriteResult replace(List<String> shape, List<Map<String, Object>> rows)
      throws SQLException {
    int changed = 0;
    for (List<Map<String, Object>> portion : portions().split(rows)) {
      Optional<List<PostgresArray>> arrays = arrays(shape, portion);
      changed +=
          arrays.isPresent()
              ? execute(sql.upsertArrays(shape, arrays.get()), arrays.get())
              : values.replace(shape, portion).changed();
    }
    return new WriteResult(changed, rows.size() - changed);
  }

  @Override
  public void append(List<String> shape, List<String> key, List<Map<String, Object>> rows)
      throws SQLException {
    for (List<Map<String, Object>> portion : portions().split(rows)) {
      Optional<List<PostgresArray>> arrays = arrays(shape, portion);
      if (arrays.isPresent()) {
        execute(sql.appendArrays(shape, key, arrays.get()), arrays.get());
      } else {
        values.append(shape, key, portion);
      }
    }
  }

  private Portions portions() {
    return Portions.of(sql.dialect(), MOST_ROWS);
  }

  private Optional<List<PostgresArray>> arrays(List<String> shape, List<Map<String, Object>> rows)
      throws SQLException {
    if (rows.size() == 1 && portions().isLong(rows.get(0))) {
      return Optional.empty();
    }
    List<PostgresArray> arrays = new ArrayList<>(shape.size());
    for (String column : shape) {
      List<Object> cellsOfColumn = new ArrayList<>(rows.size());
      for (Map<String, Object> row : rows) {
        cellsOfColumn.add(cells.checked(column, row));
      }
      Optional<PostgresArray> array = PostgresArray.of(cells.columns().get(column), cellsOfColumn);
      if (array.isEmpty()) {
        return Optional.empty();
      }
      arrays.add(array.get());
    }
    return Optional.of(arrays);
  }

  private int execute(String upsert, List<PostgresArray> arrays) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      for (int i = 0; i < arrays.size(); i++) {
        PostgresArray array = arrays.get(i);
        Array bound = connection.createArrayOf(array.element(), array.values());
        statement.setArray(i + 1, bound);
      }
      return statement.executeUpdate();
    }
  }
}
