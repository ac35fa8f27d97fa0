package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What the list holds that search will not bring: from the start date to behind the edge. */
final class HistoryPhase implements Phase {
  private final SearchProgress progress;
  private final HistoryReader history;
  private final LivePhase live;

  HistoryPhase(SearchProgress progress, LivePhase live) {
    this.progress = progress;
    this.history = new HistoryReader(progress.table().path(), progress.checkpoint().historyPage());
    this.live = live;
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public List<ApiRequest> plan() {
    return List.of(history.next());
  }

  @Override
  public Step accept(ApiRequest asked, Page page) {
    Deduplicator fresh = progress.deduplicator();
    if (history.page().isPresent()) {
      page.records().stream().filter(this::isHistory).forEach(fresh::add);
    }
    history.accept(page);
    progress.setHistoryPage(history.page());
    progress.remember(fresh);
    return new Step(
        history.done() ? live.orMeasuring() : this, fresh.records(), page.records().size());
  }

  private boolean isHistory(KustomerRecord record) {
    Instant end = progress.edge().plus(LiveEdge.LIST_SEAM);
    return record
        .updatedAt()
        .filter(at -> at.isBefore(progress.start()) || !at.isBefore(end))
        .isEmpty();
  }

  @Override
  public OptionalLong remaining() {
    return OptionalLong.empty();
  }
}
