package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes one page into its table within the transaction it is given. */
final class TablePageWriter {

  private final Connection connection;
  private final TableMigrator target;
  private final RowBinder cells;
  private int changed;
  private int stale;

  TablePageWriter(Connection connection, TableMigrator target) {
    this.connection = connection;
    this.target = target;
    this.cells = target.cells();
  }

  /** Rows of one shape that follow each other go together; their order is kept. */
  WriteResult write(List<? extends Map<String, Object>> rows) throws SQLException {
    RowWriter writer = Dialects.writer(connection, target.sql(), cells);
    int from = 0;
    while (from < rows.size()) {
      List<String> shape = shape(rows.get(from));
      int to = sameShape(rows, from);
      WriteResult written = writer.replace(shape, newestOfEachId(rows.subList(from, to)));
      changed += written.changed();
      stale += written.stale();
      from = to;
    }
    return new WriteResult(changed, stale);
  }

  /** Adds the rows whose key the table lacks. */
  void append(List<? extends Map<String, Object>> rows) throws SQLException {
    int from = 0;
    while (from < rows.size()) {
      int to = sameShape(rows, from);
      Map<List<Object>, Map<String, Object>> each = new LinkedHashMap<>();
      for (Map<String, Object> row : rows.subList(from, to)) {
        each.putIfAbsent(target.role().key().stream().map(row::get).toList(), row);
      }
      List<Map<String, Object>> distinct = new ArrayList<>(each.values());
      Dialects.writer(connection, target.sql(), cells)
          .append(shape(rows.get(from)), target.role().key(), distinct);
      from = to;
    }
  }

  private static int sameShape(List<? extends Map<String, Object>> rows, int from) {
    int to = from + 1;
    while (to < rows.size() && rows.get(to).keySet().equals(rows.get(from).keySet())) {
      to++;
    }
    return to;
  }

  private List<String> shape(Map<String, Object> row) {
    for (String column : row.keySet()) {
      if (!cells.columns().containsKey(column)) {
        throw new IllegalArgumentException(
            "A row for "
                + cells.table()
                + " has a column \""
                + column
                + "\" that its schema lacks.");
      }
    }
    return List.copyOf(row.keySet());
  }

  /** In the order of their ids, so that two writers never wait for each other crosswise. */
  private List<Map<String, Object>> newestOfEachId(List<? extends Map<String, Object>> rows) {
    Map<String, Map<String, Object>> newest = new TreeMap<>();
    for (Map<String, Object> row : rows) {
      String id = (String) row.get("id");
      if (id == null) {
        throw new IllegalArgumentException("A row for " + cells.table() + " has no id.");
      }
      Map<String, Object> other = newest.get(id);
      if (other != null) {
        stale++;
      }
      if (other == null || !RowVersion.of(row).isOlderThan(RowVersion.of(other))) {
        newest.put(id, row);
      }
    }
    return List.copyOf(newest.values());
  }
}
