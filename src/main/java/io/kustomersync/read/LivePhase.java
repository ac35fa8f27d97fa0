package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Live search, in order of update, until nothing new is left. */
final class LivePhase implements Phase {
  private final SearchProgress progress;
  private KeysetReader live;

  /** Since when reading has been where rows may still turn up late. */
  private Optional<Instant> youngSince = Optional.empty();

  private Instant archiveReadAt = Instant.MIN;

  /** It was measured how far the past reaches, and too little of it is to come. */
  private boolean nearThePresent;

  LivePhase(SearchProgress progress, Instant from) {
    this.progress = progress;
    this.live = readerFrom(from);
  }

  private KeysetReader readerFrom(Instant from) {
    return new KeysetReader(progress.search(false), from, Optional.empty());
  }

  Instant cursor() {
    return live.cursor();
  }

  @Override
  public boolean done() {
    return live.done();
  }

  @Override
  public List<ApiRequest> plan() {
    return live.done() ? List.of() : List.of(live.next());
  }

  @Override
  public OptionalLong remaining() {
    return live.remaining();
  }

  @Override
  public Step accept(ApiRequest asked, Page page) {
    Deduplicator fresh = progress.deduplicator();
    page.records().forEach(fresh::add);
    live.accept(page);
    progress.moveTo(live.cursor());
    boolean archiveGrew = progress.seamIsOpen() && hasPassedTheSeam();
    stayNearTheEdge();
    if (live.cursor().isAfter(progress.edge().plus(LiveEdge.SEAM))) {
      // should the position ever fall behind the edge, the history is read again
      progress.setHistoryPage(OptionalInt.empty());
    }
    progress.remember(fresh);
    Phase next = archiveGrew ? ArchivePhase.again(progress, archiveReadAt, this) : orMeasuring();
    return new Step(next, fresh.records(), page.records().size());
  }

  void archiveRead(Instant at) {
    archiveReadAt = at;
  }

  boolean hasPassedTheSeam() {
    return live.done() || live.cursor().isAfter(progress.edge().plus(LiveEdge.CLEAR));
  }

  /** Measuring has shown that the present is near; it is not measured again. */
  void nearsThePresent() {
    nearThePresent = true;
  }

  /**
   * When much is to come, spans of the past are read side by side. Only of the past: what search
   * may still show late, and what changes from now on, is read behind them and in order. What is
   * past, Kustomer's own newest record tells; the clock of this machine may be fast.
   */
  Phase orMeasuring() {
    ReadOptions options = progress.options();
    boolean much =
        live.remaining().orElse(0) >= PartitionedBackfill.WORTH_IT * (long) options.pageSize();
    boolean measure =
        options.ahead() > 1
            && !nearThePresent
            && !progress.seamIsOpen()
            && !live.done()
            && !live.inTie()
            && much
            && live.cursor().isBefore(progress.horizon(progress.now()));
    return measure ? new MeasuringPhase(progress, this) : this;
  }

  /**
   * A poll that goes on and on at the edge of now would leave late rows ever further behind, out of
   * the next poll's overlap. So after half an overlap there it steps back by one, as the next poll
   * would: rows up to half an overlap late are found however busy the company is.
   */
  private void stayNearTheEdge() {
    Instant now = progress.now();
    Duration overlap = progress.options().overlap();
    boolean young = live.cursor().isAfter(now.minus(overlap.multipliedBy(2)));
    if (live.done() || !young) {
      youngSince = Optional.empty();
    } else if (youngSince.isEmpty()) {
      youngSince = Optional.of(now);
    } else if (elapsed(youngSince.get(), now).compareTo(overlap.dividedBy(2)) > 0
        && !overlap.isZero()) {
      youngSince = Optional.empty();
      Instant position = progress.checkpoint().position().orElse(progress.start());
      live = readerFrom(SearchProgress.later(progress.start(), position.minus(overlap)));
    }
  }

  /** A clock that was set back counts as much time gone by. */
  private static Duration elapsed(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ofDays(1) : Duration.between(from, to);
  }
}
