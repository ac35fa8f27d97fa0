package io.kustomersync.sink.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts rows into what goes into one statement, so that memory is bounded by its text, however long
 * rows are.
 *
 * @param mostRows at least 1
 * @param mostText characters; a longer row goes by itself
 */
record Portions(int mostRows, long mostText) {

  private static final long MOST_TEXT = 2_000_000;

  /** With less text where the server takes only small statements. */
  static Portions of(Dialect dialect, int mostRows) {
    return new Portions(
        mostRows, Math.min(MOST_TEXT, dialect.largestStatement() / WireSize.MOST_BYTES));
  }

  /** Views of the rows, in their order. */
  List<List<Map<String, Object>>> split(List<Map<String, Object>> rows) {
    List<List<Map<String, Object>>> portions = new ArrayList<>();
    int from = 0;
    long text = 0;
    for (int at = 0; at < rows.size(); at++) {
      long size = size(rows.get(at));
      if (at > from && (at - from == mostRows || text + size > mostText)) {
        portions.add(rows.subList(from, at));
        from = at;
        text = 0;
      }
      text += size;
    }
    if (from < rows.size()) {
      portions.add(rows.subList(from, rows.size()));
    }
    return portions;
  }

  /** Whether it is in a portion by itself because of its length. */
  boolean isLong(Map<String, Object> row) {
    return size(row) > mostText;
  }

  private static long size(Map<String, Object> row) {
    long size = 0;
    for (Object value : row.values()) {
      size += value instanceof String text ? text.length() : 8;
    }
    return size;
  }
}
