package io.kustomersync.sink.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes rows of one shape within the transaction that is open. */
interface RowWriter {

  /**
   * Replaces each row unless the stored one is provably newer.
   *
   * @param shape the rows' columns
   * @param rows no two of one id
   */
  WriteResult replace(List<String> shape, List<Map<String, Object>> rows) throws SQLException;

  /**
   * Inserts each row unless its key is there already.
   *
   * @param rows no two of one key
   */
  void append(List<String> shape, List<String> key, List<Map<String, Object>> rows)
      throws SQLException;
}
