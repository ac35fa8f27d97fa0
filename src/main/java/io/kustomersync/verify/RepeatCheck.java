package io.kustomersync.verify;

import io.kustomersync.route.Messages;
import io.kustomersync.sink.TablePage;
import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.SinkTestHarness.Outcome;
import io.kustomersync.verify.StepInterceptor.Seen;
import io.kustomersync.verify.Store.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Gives a sink that has taken a page what may come after it: the same page, and an older one.
 *
 * @param lab with the page in it
 */
record RepeatCheck(SinkTestHarness lab, List<String> passed, List<Finding> findings) {

  void again(TablePage page, List<Seen> steps) throws Exception {
    Snapshot once = lab.store.snapshot();
    lab.probe.begin(false, "", 0);
    SinkTestHarness.Result again = lab.deliver(page);
    if (again.outcome() != Outcome.DONE) {
      findings.add(
          new Finding(
              Kind.FAILS,
              "the same page again was refused, so one crash stops the table for ever: "
                  + (again.failure() == null
                      ? "the route ended by itself"
                      : Messages.of(again.failure())),
              "replace rows that are there already: MERGE, or INSERT … ON CONFLICT (id) DO UPDATE"));
      return;
    }
    Optional<Seen> appending =
        steps.stream()
            .filter(one -> one.step.uri().matches("(?i)file:.*fileExist=Append.*"))
            .findFirst();
    if (appending.isPresent() || !lab.store.snapshot().equals(once)) {
      findings.add(
          new Finding(
              Kind.DOUBLES,
              "the same page again changed what is stored: rows are there twice"
                  + appending.map(one -> " (" + one.step + " appends)").orElse(""),
              appending.isPresent()
                  ? "write one file per page, named ${variable.page.id}, with fileExist=Override"
                  : "replace by id: a primary key and MERGE, or a file named by ${variable.page.id}"));
    } else if (!once.isEmpty()) {
      passed.add("the same page again changed nothing");
    }
  }

  void older(TablePage page) throws Exception {
    Snapshot newest = lab.store.snapshot();
    lab.probe.begin(false, "", 0);
    SinkTestHarness.Result old = lab.deliver(page);
    boolean database = !newest.tables().isEmpty();
    if (old.outcome() == Outcome.DONE && database) {
      if (!lab.store.snapshot().tables().equals(newest.tables())
          && findings.stream().noneMatch(found -> found.kind() == Kind.DOUBLES)) {
        findings.add(
            new Finding(
                Kind.GOES_BACK,
                "an older version that came after a newer replaced it",
                "replace a row only if its updated_at, then rev, is not newer than what comes"));
      } else if (findings.isEmpty()) {
        passed.add("older versions after newer changed nothing");
      }
    }
  }
}
