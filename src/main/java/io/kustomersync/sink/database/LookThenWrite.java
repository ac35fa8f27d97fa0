package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks which versions are stored, then inserts the new rows and replaces the older ones, each as
 * one batch. For a database within the process, where asking costs no way over the network: H2
 * plans its MERGE as a join for each row. The update still carries the guard, so that another
 * writer's newer row stays.
 */
record LookThenWrite(Connection connection, TableSql sql, RowBinder cells) implements RowWriter {

  @Override
  public WriteResult replace(List<String> shape, List<Map<String, Object>> rows)
      throws SQLException {
    List<Map<String, Object>> inserts = new ArrayList<>();
    List<Map<String, Object>> updates = new ArrayList<>();
    TableSql.Statement version = sql.version();
    try (PreparedStatement select = connection.prepareStatement(version.sql())) {
      for (Map<String, Object> row : rows) {
        cells.bind(select, 1, version.parameters(), row);
        try (ResultSet found = select.executeQuery()) {
          if (!found.next()) {
            inserts.add(row);
          } else if (!RowVersion.of(row).isOlderThan(RowVersion.of(sql.dialect(), found))) {
            updates.add(row);
          }
        }
      }
    }
    int changed = execute(sql.insert(shape), inserts) + execute(sql.update(shape), updates);
    return new WriteResult(changed, rows.size() - changed);
  }

  @Override
  public void append(List<String> shape, List<String> key, List<Map<String, Object>> rows)
      throws SQLException {
    execute(sql.append(shape, key, 1), rows);
  }

  private int execute(TableSql.Statement statement, List<Map<String, Object>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    int changed = 0;
    try (PreparedStatement batch = connection.prepareStatement(statement.sql())) {
      for (Map<String, Object> row : rows) {
        cells.bind(batch, 1, statement.parameters(), row);
        batch.addBatch();
      }
      for (int count : batch.executeBatch()) {
        changed += count == 0 ? 0 : 1;
      }
    }
    return changed;
  }
}
