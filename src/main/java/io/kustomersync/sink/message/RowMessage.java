package io.kustomersync.sink.message;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.JsonRowWriter;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row as a queue gets it.
 *
 * @param key the row's id
 * @param messageId the same for the same version of the same record, however often it is sent
 * @param text the row as one JSON object
 * @param rev Kustomer's counter of the record's versions, where it has one
 * @param updatedAt ISO 8601, where the record has one
 */
public record RowMessage(
    String table,
    String key,
    String messageId,
    String text,
    Optional<Long> rev,
    Optional<String> updatedAt,
    boolean deleted) {

  public static List<RowMessage> of(TableSchema schema, List<Map<String, Object>> rows) {
    return rows.stream().map(row -> of(schema, row)).toList();
  }

  private static RowMessage of(TableSchema schema, Map<String, Object> row) {
    if (!(row.get("id") instanceof String id)) {
      throw new IllegalArgumentException("A row for " + schema.table() + " has no id.");
    }
    Optional<Long> rev = Optional.ofNullable((Long) row.get("rev"));
    Optional<String> updatedAt = time(row.get("updated_at"));
    boolean deleted = Boolean.TRUE.equals(row.get("deleted"));
    // Without rev and time nothing tells two versions apart but when we saw them: rather twice
    // than a version taken for a repetition.
    String version =
        rev.map(Object::toString)
            .or(() -> updatedAt)
            .or(() -> time(row.get("synced_at")))
            .orElse("");
    return new RowMessage(
        schema.table(),
        id,
        schema.table() + ":" + id + ":" + version + (deleted ? ":deleted" : ""),
        JsonRowWriter.of(schema, row),
        rev,
        updatedAt,
        deleted);
  }

  private static Optional<String> time(Object value) {
    return value instanceof OffsetDateTime time
        ? Optional.of(JsonRowWriter.time(time))
        : Optional.empty();
  }
}
