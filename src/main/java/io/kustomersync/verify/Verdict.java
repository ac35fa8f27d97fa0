package io.kustomersync.verify;

import java.util.List;

/**
 * What came of a check.
 *
 * @param passed what held, one line each
 * @param findings what did not; empty for a safe sink
 * @param notes what the check can't see
 */
public record Verdict(List<String> passed, List<Finding> findings, List<String> notes) {
  public Verdict {
    passed = List.copyOf(passed);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public boolean safe() {
    return findings.isEmpty();
  }
}
