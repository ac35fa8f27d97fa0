package io.kustomersync.cli;

import io.kustomersync.audit.AuditFinding;
import io.kustomersync.audit.AuditReport;
import java.util.List;

/**
 * How one table stands after its audit. Immutable.
 *
 * @param repaired whether a repair was tried
 * @param left findings that still hold
 */
record AuditOutcome(AuditReport report, boolean repaired, List<AuditFinding> left) {
  AuditOutcome {
    left = List.copyOf(left);
  }

  boolean equal() {
    return report.refusal().isEmpty()
        && left.isEmpty()
        && report.open().isEmpty()
        && report.unjudged() == 0;
  }

  String word() {
    if (report.refusal().isPresent()) {
      return "not audited";
    }
    if (!left.isEmpty()) {
      return "differs";
    }
    if (!report.open().isEmpty() || report.unjudged() > 0) {
      return "unsettled";
    }
    return report.findings().isEmpty() ? "equal" : "repaired";
  }
}
