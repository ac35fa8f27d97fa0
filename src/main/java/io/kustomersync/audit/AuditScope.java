package io.kustomersync.audit;

import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.read.LiveEdge;
import io.kustomersync.read.TableDefinition.History;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a table an audit can compare: from when to when, and in which of Kustomer's two searches.
 *
 * @param windows to be compared; live search first
 * @param gap what lies between them, where neither search can be relied on
 */
record AuditScope(List<AuditWindow> windows, Optional<Gap> gap) {

  /** Kept clear on both sides of where live search ends, since records move over meanwhile. */
  static final Duration EDGE = Duration.ofDays(1);

  AuditScope {
    windows = List.copyOf(windows);
  }

  /**
   * @param archived whether the records before it are in the archive, which search can count
   */
  record Gap(Instant from, Instant before, boolean archived) {}

  /**
   * @param from the first instant that was synced
   * @param before as {@link #settled} says
   */
  static AuditScope of(History history, Instant from, Instant before, Instant now) {
    Instant edge = LiveEdge.at(now).truncatedTo(ChronoUnit.MILLIS);
    Instant archiveEnd = earlier(edge.minus(EDGE), before);
    Instant liveStart = edge.plus(EDGE);
    if (!from.isBefore(liveStart)) {
      return new AuditScope(List.of(AuditWindow.uncounted(from, before, false)), Optional.empty());
    }
    boolean archive = history == History.ARCHIVE && from.isBefore(archiveEnd);
    List<AuditWindow> windows = new ArrayList<>();
    if (liveStart.isBefore(before)) {
      windows.add(AuditWindow.uncounted(liveStart, before, false));
    }
    if (archive) {
      windows.add(AuditWindow.uncounted(from, archiveEnd, true));
    }
    Gap gap = new Gap(archive ? archiveEnd : from, earlier(liveStart, before), archive);
    return new AuditScope(windows, Optional.of(gap));
  }

  /**
   * What was last changed before it has to be in the sink: an overlap before the position, or,
   * where nothing has changed for long, two before the last poll that ended well.
   */
  static Instant settled(
      Instant position, Optional<TableStatus> status, Duration overlap, Instant now) {
    Instant reached = position.minus(overlap);
    if (!overlap.isZero()) {
      reached =
          status
              .flatMap(TableStatus::lastPoll)
              .map(poll -> poll.minus(overlap.multipliedBy(2)))
              .filter(reached::isBefore)
              .orElse(reached);
    }
    return earlier(reached, now.minus(overlap)).truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
