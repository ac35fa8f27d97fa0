package io.kustomersync.connector;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.audit.AuditFinding;
import io.kustomersync.audit.AuditReport;
import io.kustomersync.audit.SinkRow;
import io.kustomersync.audit.SinkRows;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.ListTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every sink what an audit found to be wrong: the records as Kustomer has them now, and for
 * rows that it has no more, that they are deleted. The way is that of a poll, where an older
 * version never wins; the checkpoint stays where it is.
 */
public final class Repair {
  private static final int PAGE = 500;

  private final SinkAccess sinks;

  public Repair(SinkAccess sinks) {
    this.sinks = sinks;
  }

  /**
   * @return what is not mended, by what the database holds afterwards
   */
  public List<AuditFinding> of(TableDefinition table, AuditReport report) {
    List<KustomerRecord> records =
        report.findings().stream().flatMap(finding -> finding.record().stream()).toList();
    for (int i = 0; i < records.size(); i += PAGE) {
      List<KustomerRecord> page = records.subList(i, Math.min(records.size(), i + PAGE));
      sinks.deliver(table, new Delivery(page, List.of(), page.size()));
    }
    gone(report)
        .forEach(
            (sinkTable, ids) ->
                sinks.deliver(named(sinkTable), new Delivery(List.of(), ids, ids.size())));
    return unmended(report, sinks.stored(table));
  }

  private static Map<String, List<String>> gone(AuditReport report) {
    Map<String, List<String>> gone = new LinkedHashMap<>();
    report.findings().stream()
        .filter(finding -> finding.record().isEmpty())
        .forEach(
            finding ->
                gone.computeIfAbsent(finding.sinkTable(), table -> new ArrayList<>())
                    .add(finding.id()));
    return gone;
  }

  /** Rows without a record tell nothing of their class, so they are delivered by table. */
  private static TableDefinition named(String sinkTable) {
    return new ListTable(sinkTable, "", PAGE, List.of(""));
  }

  private static List<AuditFinding> unmended(AuditReport report, SinkRows stored) {
    if (report.findings().isEmpty()) {
      return List.of();
    }
    List<SinkRow> now = stored.find(report.findings().stream().map(AuditFinding::id).toList());
    return report.findings().stream()
        .filter(
            finding -> {
              Optional<SinkRow> row = now.stream().filter(finding::isAbout).findFirst();
              return !finding.mendedBy(row);
            })
        .toList();
  }
}
