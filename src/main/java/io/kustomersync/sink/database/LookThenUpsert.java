package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out, with one question for all of them, the rows of which a newer version is stored, and
 * upserts the others. For MariaDB and MySQL, whose upsert is guarded too but does not tell how many
 * rows it changed.
 */
record LookThenUpsert(Connection connection, TableSql sql, RowBinder cells, UpsertTogether upsert)
    implements RowWriter {

  @Override
  public WriteResult replace(List<String> shape, List<Map<String, Object>> rows)
      throws SQLException {
    Map<String, RowVersion> stored = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql.versions(rows.size()))) {
      for (int i = 0; i < rows.size(); i++) {
        cells.bind(select, i + 1, List.of("id"), rows.get(i));
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          stored.put(found.getString(3), RowVersion.of(sql.dialect(), found));
        }
      }
    }
    List<Map<String, Object>> fresh = new ArrayList<>(rows.size());
    for (Map<String, Object> row : rows) {
      RowVersion other = stored.get(row.get("id"));
      if (other == null || !RowVersion.of(row).isOlderThan(other)) {
        fresh.add(row);
      }
    }
    upsert.replace(shape, fresh);
    return new WriteResult(fresh.size(), rows.size() - fresh.size());
  }

  @Override
  public void append(List<String> shape, List<String> key, List<Map<String, Object>> rows)
      throws SQLException {
    upsert.append(shape, key, rows);
  }
}
