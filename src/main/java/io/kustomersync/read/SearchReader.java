package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.Phase.Step;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads a search table: what is older than live search reaches back first, from the archive or the
 * table's list, then live ({@link Phase}). Not thread-safe.
 *
 * <p>Records grow out of live search into the archive while we read. So the two overlap by {@link
 * LiveEdge#SEAM}, the archive's end is read once more when live reading has passed the edge, and
 * until then the position stays before the edge.
 */
public final class SearchReader implements TableReader {
  private final SearchProgress progress;
  private Phase phase;

  SearchReader(SearchTable table, Checkpoint saved, ReadOptions options, Clock clock) {
    progress = new SearchProgress(table, saved, options, clock);
    LivePhase live = new LivePhase(progress, progress.start());
    boolean reachesBehind = progress.start().isBefore(progress.edge().plus(LiveEdge.SEAM));
    boolean list = table.history() == History.LIST;
    boolean listRead = progress.checkpoint().historyPage().orElse(1) == 0;
    if (!reachesBehind || list && listRead) {
      phase = live;
    } else {
      phase = list ? new HistoryPhase(progress, live) : ArchivePhase.first(progress, live);
    }
  }

  @Override
  public boolean done() {
    return phase.done();
  }

  @Override
  public List<ApiRequest> plan() {
    return phase.plan();
  }

  @Override
  public Delivery accept(ApiRequest asked, Page page) {
    Step step = phase.accept(asked, page);
    phase = step.next();
    return new Delivery(step.fresh(), List.of(), step.received());
  }

  @Override
  public boolean spares(ApiRequest asked) {
    return phase.spares(asked);
  }

  @Override
  public Checkpoint checkpoint() {
    return progress.checkpoint();
  }

  @Override
  public OptionalLong remaining() {
    return phase.remaining();
  }
}
