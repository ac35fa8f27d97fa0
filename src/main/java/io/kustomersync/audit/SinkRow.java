package io.kustomersync.audit;

import io.kustomersync.api.KustomerRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sink holds of one record. Immutable.
 *
 * @param table the sink's table, e.g. {@code customers}, {@code kobject_order}
 * @param type {@code kobject.<klass>} for custom objects, else empty: what has to be the same,
 *     besides the id, for a row and a record to belong together
 * @param updatedAt empty when the row holds none
 * @param rev empty when the row holds none
 * @param deleted marked deleted
 */
public record SinkRow(
    String table,
    String type,
    String id,
    Optional<Instant> updatedAt,
    OptionalLong rev,
    boolean deleted) {

  private static final String KOBJECT = "kobject.";

  String key() {
    return type + '/' + id;
  }

  static String key(KustomerRecord record) {
    return (record.type().startsWith(KOBJECT) ? record.type() : "") + '/' + record.id();
  }

  static Map<String, SinkRow> byKey(List<SinkRow> rows) {
    Map<String, SinkRow> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.put(row.key(), row));
    return byKey;
  }

  /** The custom class, for custom objects. */
  Optional<String> klass() {
    return type.startsWith(KOBJECT)
        ? Optional.of(type.substring(KOBJECT.length()))
        : Optional.empty();
  }

  /**
   * Whether this is the record's version, or a newer one. A row that shows neither time nor rev is
   * taken for an older one: what can't be proved to be there is not.
   */
  public boolean holds(KustomerRecord record) {
    if (updatedAt.isPresent() && record.updatedAt().isPresent()) {
      int order = updatedAt.get().compareTo(record.updatedAt().get());
      if (order != 0) {
        return order > 0;
      }
      if (rev.isEmpty() || record.rev().isEmpty()) {
        return deleted == record.deleted();
      }
    }
    if (rev.isEmpty() || record.rev().isEmpty()) {
      return false;
    }
    long ahead = rev.getAsLong() - record.rev().getAsLong();
    return ahead > 0 || (ahead == 0 && deleted == record.deleted());
  }
}
