package io.kustomersync.audit;

import io.kustomersync.audit.AuditFinding.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the audit of one table brought. Immutable.
 *
 * @param windows spans of time compared, by number or by id
 * @param calls made to Kustomer
 * @param from the first instant compared; empty for a table that is read whole
 * @param before the first instant not compared, since what is younger is in motion
 * @param byId rows compared one by one
 * @param byNumber rows in spans of which only the numbers were compared, and are equal
 * @param coarsest rows in the largest of these spans
 * @param findings each is certain
 * @param open spans in which the numbers differ, but which the calls did not suffice to look into
 * @param unjudged rows that may be extra, but which the calls did not suffice to ask for
 * @param notes what was not compared and why
 * @param refusal why the table was not audited at all; empty if it was
 */
public record AuditReport(
    String table,
    int windows,
    int calls,
    Optional<Instant> from,
    Optional<Instant> before,
    long byId,
    long byNumber,
    long coarsest,
    List<AuditFinding> findings,
    List<Open> open,
    long unjudged,
    List<String> notes,
    Optional<String> refusal) {

  /**
   * A span whose numbers differ.
   *
   * @param source records that Kustomer counts in it
   * @param sink rows that the sink holds in it
   */
  public record Open(Instant from, Instant before, long source, long sink) {}

  public AuditReport {
    findings = List.copyOf(findings);
    open = List.copyOf(open);
    notes = List.copyOf(notes);
  }

  /** Not audited, and why. */
  public static AuditReport refused(String table, int calls, String reason) {
    return new AuditReport(
        table,
        0,
        calls,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        List.of(),
        List.of(),
        0,
        List.of(),
        Optional.of(reason));
  }

  public long count(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }

  /** Audited, nothing found, and nothing left open. */
  public boolean clean() {
    return refusal.isEmpty() && findings.isEmpty() && open.isEmpty() && unjudged == 0;
  }
}
