package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is older than live search reaches back; and once more, when live reading has passed the
 * edge, what grew into the archive meanwhile.
 */
final class ArchivePhase implements Phase {
  private final SearchProgress progress;
  private final KeysetReader archive;
  private final boolean first;
  private final LivePhase live;

  private ArchivePhase(SearchProgress progress, Instant from, boolean first, LivePhase live) {
    this.progress = progress;
    this.archive =
        new KeysetReader(
            progress.search(true), from, Optional.of(progress.edge().plus(LiveEdge.SEAM)));
    this.first = first;
    this.live = live;
  }

  /** Before live search. */
  static ArchivePhase first(SearchProgress progress, LivePhase live) {
    progress.openSeam(progress.edge().minus(LiveEdge.SEAM));
    return new ArchivePhase(progress, progress.start(), true, live);
  }

  /**
   * @param readAt when the archive was read before
   */
  static ArchivePhase again(SearchProgress progress, Instant readAt, LivePhase live) {
    Instant from = LiveEdge.at(readAt).minus(LiveEdge.CLEAR);
    return new ArchivePhase(progress, SearchProgress.later(progress.start(), from), false, live);
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public List<ApiRequest> plan() {
    return List.of(archive.next());
  }

  @Override
  public Step accept(ApiRequest asked, Page page) {
    Deduplicator fresh = progress.deduplicator();
    page.records().forEach(fresh::add);
    archive.accept(page);
    if (first) {
      progress.moveTo(archive.cursor());
    }
    boolean ended = archive.done();
    if (ended) {
      live.archiveRead(progress.now());
      if (live.hasPassedTheSeam()) {
        progress.closeSeam();
        progress.moveTo(live.cursor());
      }
    }
    progress.remember(fresh);
    return new Step(ended ? live.orMeasuring() : this, fresh.records(), page.records().size());
  }

  @Override
  public OptionalLong remaining() {
    return archive.remaining();
  }
}
