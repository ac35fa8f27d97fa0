package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads a span of the past through several walks at a time, each over a part of its own, so that
 * the time an answer takes does not bound the speed. Not thread-safe.
 *
 * <p>Nothing is lost by it: a record that changes meanwhile leaves its part for <em>now</em>, which
 * lies behind the span and is read after it. For the same reason no part can hold an older version
 * of a record than one delivered before: of a record that is in the span at all, search showed the
 * newest version of then from the beginning.
 *
 * <p>No call is spent on finding parts: each answer tells how much is to come, and the walk leaves
 * what is beyond its measure to the next one. The position moves only over parts that are read to
 * their end, in order.
 */
final class PartitionedBackfill implements Backfill {

  /** Pages to come from which on it is begun. */
  static final int WORTH_IT = 8;

  /** Pages of one part: its last one is half empty, so 0.25 % more calls. */
  private static final int MOST_PAGES = 200;

  private static final int FEWEST_PAGES = 4;

  /** Parts read ahead of the first unfinished one, for each walk; what a restart reads again. */
  private static final int LEAD = 2;

  /** A part that is being read, or is read and waits for those before it. */
  private static final class Partition {
    final KeysetReader walk;
    Instant end;
    Ledger ledger;
    long left;

    Partition(KeysetReader walk, Instant end, Ledger ledger, long left) {
      this.walk = walk;
      this.end = end;
      this.ledger = ledger;
      this.left = left;
    }
  }

  /** A part that nobody has begun. */
  private record Rest(Instant end, long records) {}

  private final Search search;
  private final Instant end;
  private final int most;
  private final Duration overlap;
  private final Ledger elsewhere;
  private final TreeMap<Instant, Partition> partitions = new TreeMap<>();
  private final TreeMap<Instant, Rest> rests = new TreeMap<>();
  private Ledger ledger;

  /**
   * @param from everything before it is delivered, and of what is at it the versions in the ledger
   * @param end in whole milliseconds, and so long ago that search shows no row late before it
   * @param records how many there are from {@code from} on, about
   */
  PartitionedBackfill(
      Search search, Instant from, Instant end, long records, Ledger ledger, ReadOptions reading) {
    this(search, from, end, records, ledger, Ledger.EMPTY, reading);
  }

  /**
   * @param elsewhere versions in the span that have been delivered in another way; never in {@link
   *     #ledger}
   */
  PartitionedBackfill(
      Search search,
      Instant from,
      Instant end,
      long records,
      Ledger ledger,
      Ledger elsewhere,
      ReadOptions reading) {
    this.search = search;
    this.end = end;
    this.most = reading.ahead();
    this.overlap = reading.overlap();
    this.ledger = ledger;
    this.elsewhere = elsewhere;
    partitions.put(from, partition(from, end, ledger, records));
  }

  private Partition partition(Instant from, Instant before, Ledger delivered, long records) {
    return new Partition(
        new KeysetReader(search, from, Optional.of(before)), before, delivered, records);
  }

  @Override
  public boolean done() {
    return partitions.isEmpty() && rests.isEmpty();
  }

  @Override
  public Instant reached() {
    if (done()) {
      return end;
    }
    return firstIsBegun() ? partitions.firstEntry().getValue().walk.cursor() : rests.firstKey();
  }

  private boolean firstIsBegun() {
    return !partitions.isEmpty()
        && (rests.isEmpty() || partitions.firstKey().isBefore(rests.firstKey()));
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public OptionalLong remaining() {
    long records = rests.values().stream().mapToLong(Rest::records).sum();
    return OptionalLong.of(
        records
            + partitions.values().stream()
                .filter(l -> !l.walk.done())
                .mapToLong(l -> l.left)
                .sum());
  }

  /** The first of the span first. */
  @Override
  public List<ApiRequest> plan() {
    while (reading().size() < most && partitions.size() < LEAD * most && !rests.isEmpty()) {
      open(rests.firstKey());
    }
    if (!firstIsBegun()) {
      open(rests.firstKey());
    }
    return reading().stream().map(partition -> partition.walk.next()).toList();
  }

  private void open(Instant from) {
    Rest rest = rests.remove(from);
    partitions.put(from, partition(from, rest.end(), Ledger.EMPTY, rest.records()));
  }

  private List<Partition> reading() {
    return partitions.values().stream().filter(partition -> !partition.walk.done()).toList();
  }

  @Override
  public List<KustomerRecord> accept(ApiRequest asked, Page page) {
    Partition partition =
        reading().stream()
            .filter(any -> any.walk.next().equals(asked))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(asked + " was not asked for"));
    Instant before = partition.walk.cursor();
    Deduplicator fresh = new Deduplicator(partition.ledger);
    page.records().stream().filter(r -> !elsewhere.contains(r)).forEach(fresh::add);
    partition.walk.accept(page);
    List<KustomerRecord> records = new ArrayList<>(fresh.records());
    Instant floor = partition.walk.cursor().minus(overlap);
    partition.ledger = partition.ledger.plus(records, floor).since(floor);
    if (firstIsBegun() && partitions.firstEntry().getValue() == partition) {
      ledger = ledger.plus(records, floor);
    }
    partition.left = partition.walk.remaining().orElse(partition.left);
    if (!partition.walk.done() && !partition.walk.inTie()) {
      cut(partition, Duration.between(before, partition.walk.cursor()), page.records().size());
    }
    retire();
    return records;
  }

  /**
   * Leaves to others what is beyond a partition's measure. How far that reaches is guessed from the
   * page and from what is to come, the farther of the two: a part too long is cut again, one too
   * short costs a call.
   */
  private void cut(Partition partition, Duration page, int records) {
    long share = remaining().orElse(0) / search.pageSize() / most;
    long pages = Math.min(MOST_PAGES, Math.max(FEWEST_PAGES, share));
    long measure = pages * search.pageSize();
    if (partition.left < measure + FEWEST_PAGES * (long) search.pageSize()) {
      return;
    }
    Instant cursor = partition.walk.cursor();
    double byAll =
        Duration.between(cursor, partition.end).toMillis() * (double) measure / partition.left;
    double byPage = page.toMillis() * (double) measure / Math.max(1, records);
    double width = Math.max(1, Math.max(byAll, byPage));
    if (width >= Duration.between(cursor, partition.end).toMillis() - 1) {
      return;
    }
    Instant to = cursor.plusMillis((long) width + 1).truncatedTo(ChronoUnit.MILLIS);
    rests.put(to, new Rest(partition.end, partition.left - measure));
    partition.end = to;
    partition.left = measure;
    partition.walk.endAt(to);
  }

  /** Passes over parts that are read to their end, as long as none before them is not. */
  private void retire() {
    while (firstIsBegun() && partitions.firstEntry().getValue().walk.done()) {
      partitions.pollFirstEntry();
      if (firstIsBegun()) {
        ledger = ledger.plus(partitions.firstEntry().getValue().ledger);
      }
    }
    ledger = ledger.since(reached().minus(overlap));
  }
}
