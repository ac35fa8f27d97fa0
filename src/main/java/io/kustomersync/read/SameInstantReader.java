package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads all records of one instant, which the keyset can't part: a bulk write gives thousands of
 * records the same {@code updatedAt}. Page numbers are walked inside that millisecond until as many
 * different ids were seen as the search counts. The order of equal records may change between
 * calls, and records may leave the instant meanwhile; so pages are walked again, and what can't be
 * had by page numbers is parted by creation time. Never ends short of the count. Not thread-safe.
 */
public final class SameInstantReader {

  /** Search gives no more than this many pages (kustomer-api.md §3.6). */
  static final int MAX_PAGES = 100;

  /** AWS tells of 10,000 records at most, whatever the page size: parted above that if possible. */
  static final int MAX_RECORDS = 10_000;

  /** Rounds without a new id, or restarts because the count changed, before it gives up. */
  static final int PATIENCE = 25;

  private final Search search;
  private final Instant instant;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Set<String> all = new HashSet<>();
  private boolean parted;
  private boolean counting;
  private int recounts;

  /** The records of the instant created within one span. */
  private final class Part {
    final CreatedSpan created;
    final Set<String> ids = new HashSet<>();
    final TreeMap<Instant, Integer> creations = new TreeMap<>();
    boolean creationMissing;
    int page = 1;
    // what the server really gives, which may be less than was asked for
    long pageSize = 1;
    long total = -1;
    int before;
    int fruitless;
    int restarts;

    Part(CreatedSpan created) {
      this.created = created;
    }
  }

  public SameInstantReader(Search search, Instant instant) {
    this.search = search;
    this.instant = instant;
    parts.push(new Part(CreatedSpan.ALL));
  }

  public boolean done() {
    return parts.isEmpty() && !counting;
  }

  public ApiRequest next() {
    if (counting) {
      return search.at(instant, CreatedSpan.ALL, 1);
    }
    return search.at(instant, parts.peek().created, parts.peek().page);
  }

  public void accept(Page page) {
    if (counting) {
      recount(page);
      return;
    }
    Part part = parts.peek();
    long total = total(page);
    boolean moved = part.total >= 0 && total != part.total;
    part.total = total;
    part.pageSize = Math.max(part.pageSize, page.records().size());
    for (KustomerRecord record : page.records()) {
      part.ids.add(record.id());
      all.add(record.id());
      record.createdAt().ifPresent(at -> part.creations.merge(at, 1, Integer::sum));
      part.creationMissing |= record.createdAt().isEmpty();
    }
    if (part.page == 1 && page.records().size() == total) {
      finish(); // all in one answer: nothing can have slipped between pages
    } else if (moved || part.ids.size() > total) {
      // one that was counted has left: smaller parts are disturbed less, else count afresh
      partOrRestart(part);
    } else if (part.ids.size() == total) {
      finish();
    } else if (part.page * part.pageSize < total
        && part.page < MAX_PAGES
        && !(total > MAX_RECORDS && canPart(part))) {
      part.page++;
    } else {
      endRound(part);
    }
  }

  private void partOrRestart(Part part) {
    if (canPart(part)) {
      divide(part);
    } else {
      restart(part);
    }
  }

  private long total(Page page) {
    return page.total()
        .orElseThrow(
            () ->
                new ReadException(
                    search
                        + ": Kustomer's search tells no meta.total, so it can't be known when all"
                        + " records last changed at "
                        + instant
                        + " are read"));
  }

  private void restart(Part part) {
    if (++part.restarts > PATIENCE) {
      throw new ReadException(
          search
              + ": the records last changed at "
              + instant
              + " are being changed faster than they can be counted; the next poll tries again");
    }
    part.ids.clear();
    part.page = 1;
    part.before = 0;
    part.fruitless = 0;
  }

  /** All pages seen, some ids still missing: part the span, or walk it again. */
  private void endRound(Part part) {
    if (canPart(part)) {
      divide(part);
      return;
    }
    if (part.total > MAX_PAGES * part.pageSize) {
      throw new ReadException(
          search
              + ": "
              + part.total
              + " records were last changed at "
              + instant
              + " and created at the same time, more than a search gives ("
              + MAX_PAGES
              + " pages); raise kustomer.page-size to 500, or, if it is, have Kustomer's support"
              + " change some of them");
    }
    part.fruitless = part.ids.size() > part.before ? 0 : part.fruitless + 1;
    part.before = part.ids.size();
    if (part.fruitless > PATIENCE) {
      throw new ReadException(
          search
              + ": of "
              + part.total
              + " records last changed at "
              + instant
              + " Kustomer shows only "
              + part.ids.size()
              + "; the next poll tries again");
    }
    part.page = 1;
  }

  private void divide(Part part) {
    Instant middle = middle(part.creations);
    parts.pop();
    parts.push(new Part(part.created.since(middle)));
    parts.push(new Part(part.created.until(middle)));
    parted = true;
  }

  /** Only a span whose every record carries a creation time, and not all the same. */
  private static boolean canPart(Part part) {
    return !part.creationMissing && part.creations.size() > 1;
  }

  /** Leaves about half of the records seen on each side, and at least one. */
  private static Instant middle(TreeMap<Instant, Integer> creations) {
    int all = creations.values().stream().mapToInt(Integer::intValue).sum();
    int passed = 0;
    for (var creation : creations.entrySet()) {
      if (passed > 0 && passed + creation.getValue() / 2 >= all / 2) {
        return creation.getKey();
      }
      passed += creation.getValue();
    }
    return creations.lastKey();
  }

  private void finish() {
    parts.pop();
    // records without a creation time would be in no part: only the whole count proves them all
    counting = parts.isEmpty() && parted;
  }

  private void recount(Page page) {
    counting = false;
    long total = total(page);
    page.records().forEach(record -> all.add(record.id()));
    // more were seen than are counted when some have left meanwhile: they come again later on
    if (total <= all.size()) {
      return;
    }
    if (++recounts > PATIENCE) {
      throw new ReadException(
          search
              + ": of "
              + total
              + " records last changed at "
              + instant
              + " the parts by creation time hold "
              + all.size()
              + "; the next poll tries again");
    }
    all.clear();
    parts.push(new Part(CreatedSpan.ALL));
  }
}
