package io.kustomersync.audit;

import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.audit.AuditSource.OutOfCalls;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Audits a table that search can count. Windows of update time are halved where the numbers differ,
 * down to one page, and that is compared by id. Calls that are left go into halving the windows
 * that agree, the largest first, because one lost row and one extra row, or a row at its old place,
 * keep the number of a large window as it is. Not thread-safe.
 *
 * <p>Only what was last changed an overlap before the position is compared: younger records may be
 * on their way. So a record that Kustomer shows there and the sink lacks is lost for certain. A row
 * that Kustomer does not show there may have been changed a moment ago; it is extra only if it is
 * not among the changes either, and can't be read by id.
 */
final class SearchAudit implements TableAudit {

  private final SearchTable table;
  private final ReadOptions reading;
  private final SinkRows sink;
  private final CheckpointRepository checkpoints;
  private final Clock clock;
  private final AuditSource source;
  private final int motionPages;
  private final PriorityQueue<AuditWindow> windows = new PriorityQueue<>(AuditWindow.ORDER);
  private final Map<String, AuditFinding> findings = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private RecentChanges motion;
  private AuditSuspects suspects;
  private int compared;
  private long byId;

  SearchAudit(
      SearchTable table,
      ReadOptions reading,
      int calls,
      Kustomer kustomer,
      SinkRows sink,
      CheckpointRepository checkpoints,
      Clock clock) {
    this.table = table;
    this.reading = reading;
    this.sink = sink;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.source = new AuditSource(table, reading.pageSize(), kustomer, calls);
    this.motionPages = Math.max(1, calls / 4);
  }

  @Override
  public AuditReport run() {
    Checkpoint reached = checkpoints.find(table.name()).orElse(Checkpoint.start(table.name()));
    Instant from = reached.since().orElse(reading.startDate()).truncatedTo(ChronoUnit.MILLIS);
    if (reached.position().isEmpty()) {
      return AuditReport.refused(table.name(), 0, "nothing read yet; sync it first");
    }
    Instant before = settled(reached.position().get());
    if (!from.isBefore(before)) {
      return AuditReport.refused(
          table.name(), 0, "nothing is older than kustomer.overlap yet; try again later");
    }
    motion = new RecentChanges(source, sink, before, motionPages);
    suspects = new AuditSuspects(source, sink, motion);
    if (motion.refresh().isEmpty()) {
      return AuditReport.refused(
          table.name(),
          source.calls(),
          "more than "
              + motionPages * reading.pageSize()
              + " records were changed since "
              + before
              + ", up to where it is synced; sync it first, or allow more --calls");
    }
    try {
      open(from, before);
      compare();
    } catch (OutOfCalls e) {
      notes.add(e.getMessage() + " before anything could be compared; allow more --calls");
    }
    suspects.judge(findings);
    return report(from, before);
  }

  private Instant settled(Instant position) {
    Optional<TableStatus> status =
        checkpoints.statuses().stream().filter(any -> any.table().equals(table.name())).findFirst();
    return AuditScope.settled(position, status, reading.overlap(), clock.instant());
  }

  private void open(Instant from, Instant before) {
    AuditScope scope = AuditScope.of(table.history(), from, before, clock.instant());
    scope.gap().ifPresent(this::note);
    scope.windows().forEach(this::weigh);
  }

  private void note(AuditScope.Gap gap) {
    long rows = sink.count(gap.from(), gap.before()).all();
    if (rows > 0) {
      notes.add(
          rows
              + " rows from "
              + gap.from()
              + " to "
              + gap.before()
              + " not compared: "
              + (gap.archived()
                  ? "there records move to the archive"
                  : "search can't count these"));
    }
  }

  private void weigh(AuditWindow window) {
    windows.add(weigh(window, OptionalLong.empty(), false));
  }

  /**
   * @param derived what Kustomer should count, if the other half was counted; believed only where
   *     it agrees
   * @param certain whether the records in motion have been read again for a window around it
   */
  private AuditWindow weigh(AuditWindow window, OptionalLong derived, boolean certain) {
    if (derived.isPresent() && derived.getAsLong() == settledRows(window).all()) {
      compared++;
      return window.counted(derived.getAsLong(), derived.getAsLong(), false, certain);
    }
    long inSource = source.count(window);
    SinkRows.Count inSink = settledRows(window);
    boolean sure = certain;
    boolean differs = inSource != inSink.all() && !onlyDeleted(window, inSource, inSink);
    if (differs && !certain && inSource < inSink.all()) {
      // perhaps records have left the window since those in motion were read
      int left = motion.refresh().orElse(Integer.MAX_VALUE);
      inSink = settledRows(window);
      long surplus = inSource - inSink.all();
      differs = (surplus < 0 || surplus > left) && !onlyDeleted(window, inSource, inSink);
      sure = differs;
    }
    compared++;
    return window.counted(inSource, inSink.all(), differs, sure);
  }

  private SinkRows.Count settledRows(AuditWindow window) {
    SinkRows.Count all = sink.count(window.from(), window.before());
    SinkRows.Count moving = motion.in(window);
    return new SinkRows.Count(all.live() - moving.live(), all.deleted() - moving.deleted());
  }

  /** The sink has more only in rows marked deleted: search does not tell of all of these. */
  private boolean onlyDeleted(AuditWindow window, long inSource, SinkRows.Count inSink) {
    long surplus = inSink.all() - inSource;
    return surplus > 0 && surplus <= inSink.deleted() && source.countLive(window) == inSink.live();
  }

  private void compare() {
    while (!windows.isEmpty() && source.left() > motion.cost() + suspects.size() + 2) {
      AuditWindow window = windows.poll();
      try {
        narrow(window);
      } catch (OutOfCalls e) {
        windows.add(window);
        return;
      }
    }
  }

  private void narrow(AuditWindow window) {
    if (window.rows() == 0) {
      return;
    }
    Optional<Map<String, KustomerRecord>> records = Optional.empty();
    if (window.rows() <= reading.pageSize()) {
      records = source.records(window);
    }
    if (records.isEmpty() && window.isOneInstant()) {
      records = Optional.of(source.recordsOfInstant(window));
    }
    if (records.isPresent()) {
      compareById(window, records.get());
    } else {
      halve(window);
    }
  }

  private void halve(AuditWindow window) {
    Instant middle = middle(window);
    AuditWindow older =
        weigh(window.part(window.from(), middle), OptionalLong.empty(), window.certain());
    long rest = window.source() - older.source();
    AuditWindow younger =
        weigh(
            window.part(middle, window.before()),
            rest < 0 ? OptionalLong.empty() : OptionalLong.of(rest),
            window.certain());
    windows.add(older);
    windows.add(younger);
  }

  /**
   * By rows where the sink has some, else by time. Where half of the rows share the first instant,
   * as after a bulk write, that instant is parted from the others at once.
   */
  private Instant middle(AuditWindow window) {
    Instant byRows =
        sink.middle(window.from(), window.before())
            .map(instant -> instant.truncatedTo(ChronoUnit.MILLIS))
            .orElse(window.before());
    if (byRows.equals(window.from())) {
      return window.from().plusMillis(1);
    }
    return byRows.isAfter(window.from()) && byRows.isBefore(window.before())
        ? byRows
        : window.from().plusMillis(Duration.between(window.from(), window.before()).toMillis() / 2);
  }

  /** The sink is asked last: it may be ahead of what Kustomer said, never behind. */
  private void compareById(AuditWindow window, Map<String, KustomerRecord> records) {
    compared++;
    Map<String, SinkRow> held = SinkRow.byKey(sink.between(window.from(), window.before()));
    byId += Math.max(records.size(), held.size());
    List<KustomerRecord> doubted = new ArrayList<>();
    records.forEach(
        (key, record) -> {
          if (held.get(key) == null || !held.get(key).holds(record)) {
            doubted.add(record);
          }
        });
    Map<String, SinkRow> now =
        SinkRow.byKey(sink.find(doubted.stream().map(KustomerRecord::id).toList()));
    for (KustomerRecord record : doubted) {
      String key = SinkRow.key(record);
      SinkRow row = now.get(key);
      if (row == null) {
        findings.put(key, AuditFinding.missing(table.name(), record));
      } else if (!row.holds(record)) {
        findings.put(key, AuditFinding.stale(row, record));
      }
    }
    held.forEach(
        (key, row) -> {
          if (!records.containsKey(key) && !row.deleted() && !motion.contains(row)) {
            suspects.add(row);
          }
        });
  }

  private AuditReport report(Instant from, Instant before) {
    List<AuditWindow> equal = windows.stream().filter(window -> !window.differs()).toList();
    return new AuditReport(
        table.name(),
        compared,
        source.calls(),
        Optional.of(from),
        Optional.of(before),
        byId,
        equal.stream().mapToLong(AuditWindow::rows).sum(),
        equal.stream().mapToLong(AuditWindow::rows).max().orElse(0),
        List.copyOf(findings.values()),
        windows.stream()
            .filter(AuditWindow::differs)
            .map(w -> new AuditReport.Open(w.from(), w.before(), w.source(), w.sink()))
            .toList(),
        suspects.unjudged(),
        notes,
        Optional.empty());
  }
}
