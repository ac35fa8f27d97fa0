package io.kustomersync.audit;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.audit.AuditSource.OutOfCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows whose place in Kustomer's search is empty: deleted without a trace, or changed a moment ago.
 * They are judged together at the end, when the late changes have been read once more. Not
 * thread-safe.
 */
final class AuditSuspects {

  private final AuditSource source;
  private final SinkRows sink;
  private final RecentChanges motion;
  private final Map<String, SinkRow> rows = new LinkedHashMap<>();
  private long unjudged;

  AuditSuspects(AuditSource source, SinkRows sink, RecentChanges motion) {
    this.source = source;
    this.sink = sink;
    this.motion = motion;
  }

  void add(SinkRow row) {
    rows.put(row.key(), row);
  }

  int size() {
    return rows.size();
  }

  /** Those that could not be asked for. */
  long unjudged() {
    return unjudged;
  }

  /** Adds what is certain to the findings. */
  void judge(Map<String, AuditFinding> findings) {
    rows.keySet().removeAll(findings.keySet());
    if (rows.isEmpty()) {
      return;
    }
    if (!readMotionAgain()) {
      unjudged = rows.size();
      return;
    }
    Map<String, SinkRow> now =
        SinkRow.byKey(sink.find(rows.values().stream().map(SinkRow::id).toList()));
    rows.forEach(
        (key, row) -> {
          // a poll may have moved or marked it meanwhile
          if (row.equals(now.get(key)) && !motion.contains(row)) {
            judge(row).ifPresent(finding -> findings.put(key, finding));
          }
        });
  }

  private boolean readMotionAgain() {
    try {
      return motion.refresh().isPresent();
    } catch (OutOfCalls e) {
      return false;
    }
  }

  /**
   * Search does not show it where the sink has it, nor among the late changes: so it was changed
   * before those, which the sink should know, or it is gone. A read by id tells which.
   */
  private Optional<AuditFinding> judge(SinkRow row) {
    Optional<ApiRequest> byId = source.byId(row);
    if (byId.isEmpty() || source.left() == 0) {
      unjudged++;
      return Optional.empty();
    }
    try {
      Optional<KustomerRecord> record = source.find(byId.get());
      if (record.isEmpty()) {
        return Optional.of(AuditFinding.extra(row));
      }
      return record
          .filter(found -> found.updatedAt().filter(motion.since()::isAfter).isPresent())
          .filter(found -> !row.holds(found))
          .map(found -> AuditFinding.stale(row, found));
    } catch (KustomerException.Forbidden e) {
      // search may be allowed without reading by id, which has a role of its own
      unjudged++;
      return Optional.empty();
    }
  }
}
