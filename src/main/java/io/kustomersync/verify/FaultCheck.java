package io.kustomersync.verify;

import io.kustomersync.route.Messages;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.sink.TablePage;
import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.SinkTestHarness.Outcome;
import io.kustomersync.verify.StepInterceptor.Seen;
import io.kustomersync.verify.Store.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a step of the sink fail, each time in a lab of its own: the sink must throw, and take the
 * page when it comes again.
 */
record FaultCheck(
    Subject subject, SinkPasswords passwords, TablePage page, List<Finding> findings) {

  /**
   * @param from the time from which on the step fails, 1 for the first row
   */
  void at(Seen step, int from) throws Exception {
    boolean known =
        findings.stream()
            .anyMatch(found -> found.kind() == Kind.SWALLOWS || found.kind() == Kind.HANDLED);
    if (known) {
      return;
    }
    try (SinkTestHarness lab = SinkTestHarness.fresh(subject, passwords)) {
      Advice advice = new Advice(lab.routes());
      lab.probe.begin(false, step.step.id(), from);
      SinkTestHarness.Result result = lab.deliver(page);
      String place = step.step + (from > 1 ? " failed at its second row" : " failed");
      if (result.outcome() == Outcome.ENDED) {
        findings.add(
            new Finding(
                Kind.HANDLED,
                place
                    + " and the route just ended: the poll would end with no checkpoint and read the"
                    + " same page for ever",
                advice.handling()));
        return;
      }
      if (result.outcome() == Outcome.DONE) {
        Set<String> missing = new TreeSet<>(TestRows.ids());
        missing.removeAll(lab.probe.delivered());
        if (!missing.isEmpty() && !lab.store.holds(missing)) {
          findings.add(
              new Finding(
                  Kind.SWALLOWS,
                  place
                      + " and the sink returned as if all were well; "
                      + missing.size()
                      + " rows lost",
                  advice.throwing()));
        }
        return;
      }
      recover(lab, place);
    }
  }

  /** What a crash in the middle left must not be in the way, nor there twice. */
  private void recover(SinkTestHarness lab, String place) throws Exception {
    lab.probe.begin(false, "", 0);
    SinkTestHarness.Result again = lab.deliver(page);
    if (again.outcome() != Outcome.DONE) {
      findings.add(
          new Finding(
              Kind.FAILS,
              place + "; when the page came again it was refused: " + Messages.of(again.failure()),
              "replace rows that are there already"));
      return;
    }
    Snapshot recovered = lab.store.snapshot();
    try (SinkTestHarness fresh = SinkTestHarness.fresh(subject, passwords)) {
      fresh.probe.begin(false, "", 0);
      fresh.deliver(page);
      if (!fresh.store.snapshot().equals(recovered)
          && findings.stream().noneMatch(found -> found.kind() == Kind.DOUBLES)) {
        findings.add(
            new Finding(
                Kind.DOUBLES,
                place + "; when the page came again, rows were there twice",
                "write the page in one transaction, or replace by id"));
      }
    }
  }
}
