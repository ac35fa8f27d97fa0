package io.kustomersync.audit;

import io.kustomersync.api.KustomerRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * One row that is not what Kustomer holds. Immutable.
 *
 * @param sinkTable where the row is or belongs; of a missing row, the table that was audited
 * @param record as Kustomer has it; empty when it has none
 * @param row as the sink has it; empty when it has none
 */
public record AuditFinding(
    Kind kind,
    String sinkTable,
    String id,
    Optional<KustomerRecord> record,
    Optional<SinkRow> row) {

  /** In what way. */
  public enum Kind {
    /** Kustomer has it, the sink does not. */
    MISSING,
    /** The sink shows it as existing, Kustomer does not have it any more. */
    EXTRA,
    /** The sink has an older version. */
    STALE
  }

  static AuditFinding missing(String table, KustomerRecord record) {
    return new AuditFinding(
        Kind.MISSING, table, record.id(), Optional.of(record), Optional.empty());
  }

  static AuditFinding stale(SinkRow row, KustomerRecord record) {
    return new AuditFinding(
        Kind.STALE, row.table(), row.id(), Optional.of(record), Optional.of(row));
  }

  static AuditFinding extra(SinkRow row) {
    return new AuditFinding(Kind.EXTRA, row.table(), row.id(), Optional.empty(), Optional.of(row));
  }

  /** When what is not in the sink was last changed; of an extra row, what the sink says. */
  public Optional<Instant> updatedAt() {
    return record.isPresent()
        ? record.flatMap(KustomerRecord::updatedAt)
        : row.flatMap(SinkRow::updatedAt);
  }

  /** Whether the sink, asked again, is as it should be. */
  public boolean mendedBy(Optional<SinkRow> now) {
    return record.isPresent()
        ? now.filter(held -> held.holds(record.get())).isPresent()
        : now.filter(held -> !held.deleted()).isEmpty();
  }

  /** Whether that row of the sink is the one meant. */
  public boolean isAbout(SinkRow other) {
    return row.map(SinkRow::key)
        .or(() -> record.map(SinkRow::key))
        .filter(other.key()::equals)
        .isPresent();
  }
}
