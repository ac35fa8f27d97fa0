package io.kustomersync.read;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.audit.SinkRow;
import io.kustomersync.audit.SinkRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A sink as a plain model: rows by id, an older version never wins. */
public final class ModelSink implements SinkRows {

  public final Map<String, SinkRow> rows = new TreeMap<>();

  public void deliver(List<KustomerRecord> records) {
    for (KustomerRecord record : records) {
      SinkRow row =
          new SinkRow(
              "customers", "", record.id(), record.updatedAt(), record.rev(), record.deleted());
      SinkRow held = rows.get(record.id());
      if (held == null || held.rev().getAsLong() <= record.rev().getAsLong()) {
        rows.put(record.id(), row);
      }
    }
  }

  /** As a tombstone does: nothing else of the row changes. */
  public void markDeleted(String id) {
    SinkRow row = rows.get(id);
    rows.put(id, new SinkRow(row.table(), row.type(), id, row.updatedAt(), row.rev(), true));
  }

  @Override
  public Count count(Instant from, Instant before) {
    List<SinkRow> found = between(from, before);
    long deleted = found.stream().filter(SinkRow::deleted).count();
    return new Count(found.size() - deleted, deleted);
  }

  @Override
  public Optional<Instant> middle(Instant from, Instant before) {
    List<Instant> times =
        between(from, before).stream().flatMap(row -> row.updatedAt().stream()).sorted().toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  @Override
  public List<SinkRow> between(Instant from, Instant before) {
    return rows.values().stream()
        .filter(
            row ->
                row.updatedAt().filter(at -> !at.isBefore(from) && at.isBefore(before)).isPresent())
        .toList();
  }

  @Override
  public List<SinkRow> find(Collection<String> ids) {
    return ids.stream().distinct().filter(rows::containsKey).map(rows::get).toList();
  }

  @Override
  public List<SinkRow> all() {
    return List.copyOf(rows.values());
  }
}
