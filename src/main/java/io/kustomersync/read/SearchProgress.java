package io.kustomersync.read;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/** How far a search table is read: what one phase hands on to the next. Not thread-safe. */
final class SearchProgress {
  private final SearchTable table;
  private final ReadOptions options;
  private final Clock clock;
  private final Instant start;

  /** The position may not pass it while archive and live reading do not meet yet. */
  private Optional<Instant> seam = Optional.empty();

  private Checkpoint checkpoint;

  SearchProgress(SearchTable table, Checkpoint saved, ReadOptions options, Clock clock) {
    this.table = table;
    this.options = options;
    this.clock = clock;
    this.checkpoint = startingAt(saved, options.startDate());
    this.start =
        later(
            options.startDate(),
            checkpoint.position().map(p -> p.minus(options.overlap())).orElse(Instant.MIN));
  }

  /**
   * A start date moved back asks for older records: reading begins there again, nothing is lost.
   */
  private static Checkpoint startingAt(Checkpoint saved, Instant startDate) {
    boolean older = saved.since().filter(since -> !startDate.isBefore(since)).isEmpty();
    return older ? saved.restartedAt(startDate) : saved;
  }

  SearchTable table() {
    return table;
  }

  ReadOptions options() {
    return options;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Where this reading begins. */
  Instant start() {
    return start;
  }

  Instant now() {
    return clock.instant();
  }

  /** What was last changed before it is not in live search. */
  Instant edge() {
    return LiveEdge.at(now());
  }

  /** Search shows nothing late before it. */
  Instant horizon(Instant now) {
    return now.minus(options.overlap().multipliedBy(2)).truncatedTo(ChronoUnit.MILLIS);
  }

  Search search(boolean inArchive) {
    return new Search(table, inArchive, options.pageSize());
  }

  Deduplicator deduplicator() {
    return new Deduplicator(checkpoint.ledger());
  }

  void openSeam(Instant from) {
    seam = Optional.of(from);
  }

  void closeSeam() {
    seam = Optional.empty();
  }

  boolean seamIsOpen() {
    return seam.isPresent();
  }

  /** A record dated in the future must not carry the position past what is yet to be written. */
  void moveTo(Instant cursor) {
    Instant limit = seam.filter(s -> s.isBefore(now())).orElse(now());
    Instant reached = cursor.isAfter(limit) ? limit : cursor;
    if (checkpoint.position().filter(position -> !reached.isAfter(position)).isEmpty()
        && !reached.isBefore(start)) {
      checkpoint = checkpoint.withPosition(reached);
    }
  }

  void remember(Deduplicator fresh) {
    Instant floor = checkpoint.position().map(p -> p.minus(options.overlap())).orElse(Instant.MIN);
    replaceLedger(checkpoint.ledger().plus(fresh.records(), floor).since(floor));
  }

  void replaceLedger(Ledger ledger) {
    checkpoint = checkpoint.withLedger(ledger);
  }

  void setHistoryPage(OptionalInt page) {
    checkpoint = checkpoint.withHistoryPage(page);
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
