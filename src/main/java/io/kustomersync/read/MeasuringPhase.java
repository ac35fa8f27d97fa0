package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks for the newest record, to know how far the past reaches by Kustomer's own clock. */
final class MeasuringPhase implements Phase {
  private final SearchProgress progress;
  private final LivePhase live;

  MeasuringPhase(SearchProgress progress, LivePhase live) {
    this.progress = progress;
    this.live = live;
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public List<ApiRequest> plan() {
    return List.of(progress.search(false).newest(progress.start()));
  }

  @Override
  public Step accept(ApiRequest asked, Page page) {
    Optional<Instant> newest =
        page.records().stream().findFirst().flatMap(KustomerRecord::updatedAt);
    Instant now = progress.now();
    Instant horizon = progress.horizon(newest.filter(at -> at.isBefore(now)).orElse(now));
    if (live.cursor().isBefore(horizon)) {
      return new Step(new BackfillPhase(progress, backfill(horizon)), List.of(), 0);
    }
    live.nearsThePresent();
    return new Step(live, List.of(), 0);
  }

  private Backfill backfill(Instant horizon) {
    ReadOptions options = progress.options();
    long records = live.remaining().orElse(0);
    boolean both =
        options.backfill() == BackfillMode.BOTH
            && !progress.table().path().isEmpty()
            && records >= DualSourceBackfill.WORTH_IT * (long) options.pageSize();
    Search search = progress.search(false);
    return both
        ? new DualSourceBackfill(
            search, live.cursor(), horizon, records, progress.checkpoint().ledger(), options)
        : new PartitionedBackfill(
            search, live.cursor(), horizon, records, progress.checkpoint().ledger(), options);
  }

  @Override
  public OptionalLong remaining() {
    return live.remaining();
  }
}
