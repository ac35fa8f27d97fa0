package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.Hit;
import io.kustomersync.sandbox.data.RecordStore;
import io.kustomersync.sandbox.data.SearchIndex;
import io.kustomersync.sandbox.data.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Finds one page of a search. Sorted by {@code updatedAt} and bounded by nothing else it costs the
 * offset and the page; otherwise it looks at every record within the bounds. Hold the world's lock.
 */
final class SearchRun {
  /**
   * @param total of all pages
   */
  record Found(List<Hit> hits, long total) {}

  private static final Comparator<Hit> BY_UPDATED =
      Comparator.<Hit>comparingLong(hit -> hit.version().updatedAt())
          .thenComparingInt(hit -> hit.store().kind().code())
          .thenComparingInt(hit -> hit.version().ordinal());

  private record Head(Hit hit, RecordStore store, Iterator<Version> rest) {}

  private final List<RecordStore> stores;
  private final SearchBody query;
  private final Optional<Random> shuffle;

  SearchRun(List<RecordStore> stores, SearchBody query, Optional<Random> shuffle) {
    this.stores = stores;
    this.query = query;
    this.shuffle = shuffle;
  }

  Found page(long from, long to, int offset, int limit) {
    long size = 0;
    List<Head> heads = new ArrayList<>();
    for (RecordStore store : stores) {
      for (SearchIndex.Run run :
          store.index().runs(from, Math.max(from, to), query.includeDeleted())) {
        Iterator<Version> versions = run.iterator(query.descending());
        size += run.size();
        if (versions.hasNext()) {
          heads.add(new Head(new Hit(store, versions.next()), store, versions));
        }
      }
    }
    if (query.tests().isEmpty() && query.sortBy() == SearchField.UPDATED_AT) {
      return new Found(offset >= size ? List.of() : merge(heads, offset, limit), size);
    }
    List<Hit> fitting = fitting(heads);
    int first = Math.min(offset, fitting.size());
    int end = (int) Math.min((long) first + limit, fitting.size());
    return new Found(fitting.subList(first, end), fitting.size());
  }

  private List<Hit> fitting(List<Head> heads) {
    List<Hit> fitting = new ArrayList<>();
    for (Head head : heads) {
      Hit hit = head.hit();
      while (hit != null) {
        Hit candidate = hit;
        if (query.tests().stream().allMatch(test -> test.test(candidate))) {
          fitting.add(hit);
        }
        hit = head.rest().hasNext() ? new Hit(head.store(), head.rest().next()) : null;
      }
    }
    fitting.sort(BY_UPDATED);
    shuffle.ifPresent(random -> Collections.shuffle(fitting, random));
    fitting.sort(order());
    return fitting;
  }

  private Comparator<Hit> order() {
    Comparator<Hit> ascending = Comparator.comparingLong(hit -> query.sortBy().time(hit.version()));
    return query.descending() ? ascending.reversed() : ascending;
  }

  private List<Hit> merge(List<Head> heads, int offset, int limit) {
    Comparator<Hit> order = query.descending() ? BY_UPDATED.reversed() : BY_UPDATED;
    PriorityQueue<Head> queue = new PriorityQueue<>((a, b) -> order.compare(a.hit(), b.hit()));
    queue.addAll(heads);
    long end = (long) offset + limit;
    List<Hit> page = new ArrayList<>();
    List<Hit> group = new ArrayList<>();
    long position = 0;
    while (position < end && !queue.isEmpty()) {
      group.clear();
      do {
        Head head = queue.remove();
        group.add(head.hit());
        if (head.rest().hasNext()) {
          Hit next = new Hit(head.store(), head.rest().next());
          queue.add(new Head(next, head.store(), head.rest()));
        }
      } while (shuffle.isPresent() && !queue.isEmpty() && isTie(group.get(0), queue.peek().hit()));
      shuffle.ifPresent(random -> Collections.shuffle(group, random));
      for (Hit hit : group) {
        if (position >= offset && position < end) {
          page.add(hit);
        }
        position++;
      }
    }
    return page;
  }

  private static boolean isTie(Hit one, Hit other) {
    return one.version().updatedAt() == other.version().updatedAt();
  }
}
