package io.kustomersync.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a sink holds of one table as Kustomer knows it; for custom objects that is several tables of
 * the sink. Every answer is of the moment it is asked for. Throws a {@link RuntimeException} that
 * names the place when the sink can't be read.
 */
public interface SinkRows {

  /** How many rows, parted by whether they are marked deleted. */
  record Count(long live, long deleted) {
    public static final Count NONE = new Count(0, 0);

    public long all() {
      return live + deleted;
    }

    public Count plus(Count other) {
      return new Count(live + other.live, deleted + other.deleted);
    }
  }

  /** Of the rows with {@code from <= updated_at < before}. */
  Count count(Instant from, Instant before);

  /** An instant that leaves about half of these rows on each side; empty when there are none. */
  Optional<Instant> middle(Instant from, Instant before);

  /** The rows with {@code from <= updated_at < before}. */
  List<SinkRow> between(Instant from, Instant before);

  /** The rows with these ids, of whatever time. */
  List<SinkRow> find(Collection<String> ids);

  /** All rows, for small tables. */
  List<SinkRow> all();
}
