package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.util.List;
import java.util.OptionalLong;

/** A span of the past, read out of order; then live search goes on behind it. */
final class BackfillPhase implements Phase {
  private final SearchProgress progress;
  private final Backfill past;

  BackfillPhase(SearchProgress progress, Backfill past) {
    this.progress = progress;
    this.past = past;
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public List<ApiRequest> plan() {
    return past.plan();
  }

  @Override
  public Step accept(ApiRequest asked, Page page) {
    List<KustomerRecord> fresh = past.accept(asked, page);
    progress.moveTo(past.reached());
    progress.replaceLedger(past.ledger());
    Phase next = past.done() ? new LivePhase(progress, past.reached()) : this;
    return new Step(next, fresh, page.records().size());
  }

  @Override
  public boolean spares(ApiRequest asked) {
    return past.spares(asked);
  }

  @Override
  public OptionalLong remaining() {
    return past.remaining();
  }
}
