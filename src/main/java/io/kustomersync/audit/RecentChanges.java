package io.kustomersync.audit;

import io.kustomersync.api.KustomerRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The records that were changed too lately for the sink to have to hold that change: they have left
 * their place in Kustomer's search, and the sink's rows may still be there. Not thread-safe.
 */
final class RecentChanges {

  private final AuditSource source;
  private final SinkRows sink;
  private final Instant since;
  private final int pages;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private int cost;

  /**
   * @param since changed at or after this instant
   * @param pages the most to read for it
   */
  RecentChanges(AuditSource source, SinkRows sink, Instant since, int pages) {
    this.source = source;
    this.sink = sink;
    this.since = since;
    this.pages = pages;
  }

  /**
   * Reads all of them again, not only the newest: search shows a change late, among older ones.
   *
   * @return how many were not known before; empty when there are too many to read
   */
  Optional<Integer> refresh() {
    int calls = source.calls();
    int known = keys.size();
    Optional<List<KustomerRecord>> changed = source.changedSince(since, pages);
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    for (KustomerRecord record : changed.get()) {
      keys.add(SinkRow.key(record));
      ids.add(record.id());
    }
    cost = source.calls() - calls;
    return Optional.of(keys.size() - known);
  }

  /** Changed at or after it is in motion. */
  Instant since() {
    return since;
  }

  /** Calls that a refresh takes. */
  int cost() {
    return cost;
  }

  boolean contains(SinkRow row) {
    return keys.contains(row.key());
  }

  /** Rows that the sink holds in the window and that will leave it. */
  SinkRows.Count in(AuditWindow window) {
    if (ids.isEmpty()) {
      return SinkRows.Count.NONE;
    }
    long live = 0;
    long deleted = 0;
    for (SinkRow row : sink.find(ids)) {
      if (contains(row) && row.updatedAt().filter(window::contains).isPresent()) {
        live += row.deleted() ? 0 : 1;
        deleted += row.deleted() ? 1 : 0;
      }
    }
    return new SinkRows.Count(live, deleted);
  }
}
