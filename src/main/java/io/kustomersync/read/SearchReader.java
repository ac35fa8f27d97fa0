package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads a search table: what is older than live search reaches back first, from the archive or the
 * table's list, then live. Not thread-safe.
 *
 * <p>Records grow out of live search into the archive while we read. So the two overlap by {@link
 * #SEAM}, the archive's end is read once more when live reading has passed the edge, and until then
 * the position stays before the edge.
 */
public final class SearchReader implements TableReader {

  /** Live search holds what was changed within the last two years (kustomer-api.md §3.6). */
  static final int LIVE_YEARS = 2;

  /** How far archive and live reading overlap. */
  static final Duration SEAM = Duration.ofDays(1);

  /** The same for a list, whose walk may be stopped and go on days later. */
  static final Duration LIST_SEAM = Duration.ofDays(30);

  /** How far behind the edge live reading has to be for the seam to be closed. */
  private static final Duration CLEAR = Duration.ofMinutes(10);

  private final SearchTable table;
  private final ReadOptions reading;
  private final Clock clock;
  private final Instant start;

  /** The position may not pass it while the seam is open; empty when there is none. */
  private Optional<Instant> seam = Optional.empty();

  /** Since when live reading has been where rows may still turn up late. */
  private Optional<Instant> youngSince = Optional.empty();

  private Instant archiveReadAt = Instant.MIN;
  private HistoryReader history;
  private KeysetReader archive;
  private KeysetReader live;

  /** Whether it is to be asked how far the past reaches. */
  private boolean sounding;

  /** It was asked, and too little of the past is to come. */
  private boolean nearThePresent;

  /** The past, read out of order while much of it is to come; else null. */
  private Backfill past;

  private Checkpoint checkpoint;

  SearchReader(SearchTable table, Checkpoint saved, ReadOptions reading, Clock clock) {
    this.table = table;
    this.reading = reading;
    this.clock = clock;
    this.checkpoint = startingAt(saved, reading.startDate());
    this.start =
        later(
            reading.startDate(),
            checkpoint.position().map(p -> p.minus(reading.overlap())).orElse(Instant.MIN));
    Instant edge = edge().plus(SEAM);
    if (start.isBefore(edge)) {
      if (table.history() == History.LIST) {
        openHistory();
      } else {
        seam = Optional.of(edge().minus(SEAM));
        archive = new KeysetReader(search(true), start, Optional.of(edge));
      }
    }
    live = new KeysetReader(search(false), start, Optional.empty());
  }

  /**
   * A start date moved back asks for older records: reading begins there again, nothing is lost.
   */
  private static Checkpoint startingAt(Checkpoint saved, Instant startDate) {
    boolean older = saved.since().filter(since -> !startDate.isBefore(since)).isEmpty();
    return older ? saved.restartedAt(startDate) : saved;
  }

  private void openHistory() {
    if (checkpoint.historyPage().orElse(1) != 0) {
      history = new HistoryReader(table.path(), checkpoint.historyPage());
    }
  }

  private Search search(boolean inArchive) {
    return new Search(table, inArchive, reading.pageSize());
  }

  /** What was last changed before it is not in live search. */
  private Instant edge() {
    return edgeAt(clock.instant());
  }

  @Override
  public Optional<ApiRequest> next() {
    if (history != null) {
      return Optional.of(history.next());
    }
    if (archive != null) {
      return Optional.of(archive.next());
    }
    if (sounding) {
      return Optional.of(search(false).newest(start));
    }
    if (past != null) {
      return Optional.of(past.ahead().get(0));
    }
    return live.done() ? Optional.empty() : Optional.of(live.next());
  }

  @Override
  public List<ApiRequest> ahead() {
    boolean sideBySide = history == null && archive == null && past != null;
    return sideBySide ? past.ahead() : TableReader.super.ahead();
  }

  @Override
  public boolean spares(ApiRequest asked) {
    return past != null && past.spares(asked);
  }

  @Override
  public Delivery accept(ApiRequest asked, Page page) {
    if (history != null || archive != null || past == null) {
      return accept(page);
    }
    List<KustomerRecord> fresh = past.accept(asked, page);
    moveTo(past.reached());
    checkpoint = checkpoint.withLedger(past.ledger());
    if (past.done()) {
      live = new KeysetReader(search(false), past.reached(), Optional.empty());
      past = null;
    }
    return new Delivery(fresh, List.of(), page.records().size());
  }

  @Override
  public Delivery accept(Page page) {
    if (history == null && archive == null && past != null) {
      return accept(past.ahead().get(0), page);
    }
    if (sounding) {
      acceptSounding(page);
      return new Delivery(List.of(), List.of(), 0);
    }
    Deduplicator fresh = new Deduplicator(checkpoint.ledger());
    if (history != null) {
      acceptHistory(page, fresh);
    } else {
      page.records().forEach(fresh::add);
      if (archive != null) {
        acceptArchive(page);
      } else {
        live.accept(page);
        moveTo(live.cursor());
        closeSeam();
        stayNearTheEdge();
        if (live.cursor().isAfter(edge().plus(SEAM))) {
          // should the position ever fall behind the edge, the history is read again
          checkpoint = checkpoint.withHistoryPage(OptionalInt.empty());
        }
      }
    }
    remember(fresh);
    partThePast();
    return new Delivery(fresh.records(), List.of(), page.records().size());
  }

  /**
   * When much is to come, spans of the past are read side by side. Only of the past: what search
   * may still show late, and what changes from now on, is read behind them and in order. What is
   * past, Kustomer's own newest record tells; the clock of this machine may be fast.
   */
  private void partThePast() {
    sounding =
        reading.ahead() > 1
            && !nearThePresent
            && history == null
            && archive == null
            && seam.isEmpty()
            && !live.done()
            && !live.inTie()
            && live.remaining().orElse(0)
                >= PartitionedBackfill.WORTH_IT * (long) reading.pageSize()
            && live.cursor().isBefore(horizon(clock.instant()));
  }

  /** Search shows nothing late before it. */
  private Instant horizon(Instant now) {
    return now.minus(reading.overlap().multipliedBy(2)).truncatedTo(ChronoUnit.MILLIS);
  }

  private void acceptSounding(Page page) {
    sounding = false;
    Optional<Instant> newest = page.records().stream().findFirst().flatMap(r -> r.updatedAt());
    Instant now = clock.instant();
    Instant horizon = horizon(newest.filter(at -> at.isBefore(now)).orElse(now));
    if (live.cursor().isBefore(horizon)) {
      past = openPast(live.cursor(), horizon, live.remaining().orElse(0));
      youngSince = Optional.empty();
    } else {
      nearThePresent = true;
    }
  }

  private Backfill openPast(Instant from, Instant horizon, long records) {
    boolean both =
        reading.backfill() == BackfillMode.BOTH
            && !table.path().isEmpty()
            && records >= DualSourceBackfill.WORTH_IT * (long) reading.pageSize();
    return both
        ? new DualSourceBackfill(
            search(false), from, horizon, records, checkpoint.ledger(), reading)
        : new PartitionedBackfill(
            search(false), from, horizon, records, checkpoint.ledger(), reading);
  }

  /** What a list holds that search will not bring: from the start date to behind the edge. */
  private void acceptHistory(Page page, Deduplicator fresh) {
    Instant end = edge().plus(LIST_SEAM);
    if (history.page().isPresent()) {
      for (KustomerRecord record : page.records()) {
        if (record.updatedAt().filter(at -> at.isBefore(start) || !at.isBefore(end)).isEmpty()) {
          fresh.add(record);
        }
      }
    }
    history.accept(page);
    checkpoint = checkpoint.withHistoryPage(history.page());
    if (history.done()) {
      history = null;
    }
  }

  private void acceptArchive(Page page) {
    archive.accept(page);
    if (archiveReadAt.equals(Instant.MIN)) {
      moveTo(archive.cursor());
    }
    if (archive.done()) {
      archive = null;
      archiveReadAt = clock.instant();
      if (seamPassed()) {
        seam = Optional.empty();
        moveTo(live.cursor());
      }
    }
  }

  private boolean seamPassed() {
    return live.done() || live.cursor().isAfter(edge().plus(CLEAR));
  }

  /** Once live reading is past the edge: what grew into the archive since it was read. */
  private void closeSeam() {
    if (seam.isPresent() && archive == null && seamPassed()) {
      Instant from = edgeAt(archiveReadAt).minus(CLEAR);
      archive = new KeysetReader(search(true), later(start, from), Optional.of(edge().plus(SEAM)));
    }
  }

  /**
   * A poll that goes on and on at the edge of now would leave late rows ever further behind, out of
   * the next poll's overlap. So after half an overlap there it steps back by one, as the next poll
   * would: rows up to half an overlap late are found however busy the company is.
   */
  private void stayNearTheEdge() {
    Instant now = clock.instant();
    boolean young = live.cursor().isAfter(now.minus(reading.overlap().multipliedBy(2)));
    if (live.done() || !young) {
      youngSince = Optional.empty();
    } else if (youngSince.isEmpty()) {
      youngSince = Optional.of(now);
    } else if (elapsed(youngSince.get(), now).compareTo(reading.overlap().dividedBy(2)) > 0
        && !reading.overlap().isZero()) {
      youngSince = Optional.empty();
      Instant back = checkpoint.position().orElse(start).minus(reading.overlap());
      live = new KeysetReader(search(false), later(start, back), Optional.empty());
    }
  }

  /** A clock that was set back counts as much time gone by. */
  private static Duration elapsed(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ofDays(1) : Duration.between(from, to);
  }

  public static Instant edgeAt(Instant now) {
    return now.atOffset(ZoneOffset.UTC).minusYears(LIVE_YEARS).toInstant();
  }

  /** A record dated in the future must not carry the position past what is yet to be written. */
  private void moveTo(Instant cursor) {
    Instant limit = seam.filter(s -> s.isBefore(clock.instant())).orElse(clock.instant());
    Instant reached = cursor.isAfter(limit) ? limit : cursor;
    if (checkpoint.position().filter(position -> !reached.isAfter(position)).isEmpty()
        && !reached.isBefore(start)) {
      checkpoint = checkpoint.withPosition(reached);
    }
  }

  private void remember(Deduplicator fresh) {
    Instant floor = checkpoint.position().map(p -> p.minus(reading.overlap())).orElse(Instant.MIN);
    Ledger ledger = checkpoint.ledger().plus(fresh.records(), floor).since(floor);
    checkpoint = checkpoint.withLedger(ledger);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public OptionalLong remaining() {
    if (history != null) {
      return OptionalLong.empty();
    }
    if (archive != null) {
      return archive.remaining();
    }
    return past != null ? past.remaining() : live.remaining();
  }
}
