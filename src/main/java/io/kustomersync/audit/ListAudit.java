package io.kustomersync.audit;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.Fingerprint;
import io.kustomersync.read.ListReader;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.read.TableReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Audits a small list: reads it whole. The sink is held to what the checkpoint says was delivered
 * both before and after; what the list has changed since is for the next poll. Not thread-safe.
 */
final class ListAudit implements TableAudit {

  private final ListTable table;
  private final ReadOptions reading;
  private final Kustomer kustomer;
  private final SinkRows sink;
  private final CheckpointRepository checkpoints;
  private int calls;

  ListAudit(
      ListTable table,
      ReadOptions reading,
      Kustomer kustomer,
      SinkRows sink,
      CheckpointRepository checkpoints) {
    this.table = table;
    this.reading = reading;
    this.kustomer = kustomer;
    this.sink = sink;
    this.checkpoints = checkpoints;
  }

  @Override
  public AuditReport run() {
    Map<String, String> before = known();
    if (before.isEmpty()) {
      return AuditReport.refused(table.name(), 0, "nothing read yet; sync it first");
    }
    Map<String, KustomerRecord> listed = read();
    Map<String, SinkRow> held = new LinkedHashMap<>();
    sink.all().forEach(row -> held.put(row.id(), row));
    Map<String, String> after = known();
    Map<String, AuditFinding> findings = new LinkedHashMap<>();
    listed.forEach(
        (id, record) -> {
          String version = Fingerprint.of(record.raw());
          if (version.equals(before.get(id)) && version.equals(after.get(id))) {
            wrong(record, held.get(id)).ifPresent(finding -> findings.put(id, finding));
          }
        });
    List<SinkRow> suspects =
        held.values().stream()
            .filter(row -> !row.deleted() && !listed.containsKey(row.id()))
            .filter(row -> !before.containsKey(row.id()) && !after.containsKey(row.id()))
            .toList();
    if (!suspects.isEmpty()) {
      // new ones may have come, and been delivered, since the list was read
      Map<String, KustomerRecord> listedNow = read();
      suspects.stream()
          .filter(row -> !listedNow.containsKey(row.id()))
          .forEach(row -> findings.put(row.id(), AuditFinding.extra(row)));
    }
    return new AuditReport(
        table.name(),
        1,
        calls,
        Optional.empty(),
        Optional.empty(),
        Math.max(listed.size(), held.size()),
        0,
        0,
        List.copyOf(findings.values()),
        List.of(),
        0,
        List.of(),
        Optional.empty());
  }

  /** The record is, in this version, said to be delivered. */
  private Optional<AuditFinding> wrong(KustomerRecord record, SinkRow row) {
    if (row == null) {
      return Optional.of(AuditFinding.missing(table.name(), record));
    }
    boolean timeTells = record.updatedAt().isPresent() || record.rev().isPresent();
    boolean there = timeTells ? row.holds(record) : row.deleted() == record.deleted();
    return there ? Optional.empty() : Optional.of(AuditFinding.stale(row, record));
  }

  private Map<String, String> known() {
    return checkpoints.find(table.name()).map(Checkpoint::known).orElse(Map.of());
  }

  /** The reader that polls use; this one's checkpoint is thrown away. */
  private Map<String, KustomerRecord> read() {
    Map<String, KustomerRecord> records = new LinkedHashMap<>();
    TableReader reader = new ListReader(table, Checkpoint.start(table.name()), reading.links());
    while (!reader.done()) {
      calls++;
      ApiRequest next = reader.plan().get(0);
      Page page = kustomer.ask(next);
      page.records().forEach(record -> records.put(record.id(), record));
      reader.accept(next, page);
    }
    return records;
  }
}
