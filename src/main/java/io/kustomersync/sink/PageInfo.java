package io.kustomersync.sink;

import io.kustomersync.checkpoint.Fingerprint;
import io.kustomersync.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What identifies a page to a sink.
 *
 * @param id the same rows in the same versions always have the same id: 32 hex characters
 * @param count rows in it
 * @param first {@code updated_at} of its first row, if it has one
 * @param last of its last row
 */
public record PageInfo(String id, int count, Optional<Object> first, Optional<Object> last) {

  /**
   * Made from table, ids and versions; what we add ourselves, such as the time, has no part in it.
   */
  public static PageInfo of(TableSchema schema, List<Map<String, Object>> rows) {
    StringBuilder text = new StringBuilder(schema.table());
    for (Map<String, Object> row : rows) {
      text.append('\n').append(row.get("id"));
      text.append(' ').append(row.get("updated_at"));
      text.append(' ').append(row.get("rev"));
      text.append(' ').append(row.get("deleted"));
    }
    return new PageInfo(
        Fingerprint.of(text.toString()),
        rows.size(),
        rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0).get("updated_at")),
        rows.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(rows.get(rows.size() - 1).get("updated_at")));
  }
}
