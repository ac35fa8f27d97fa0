package io.kustomersync.verify;

import io.kustomersync.route.Messages;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.sink.TablePage;
import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.Lab.Outcome;
import io.kustomersync.verify.Probe.Seen;
import io.kustomersync.verify.Store.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs a sink against the contract: returning means durable, throwing means the same rows come
 * again. Every step is made to fail in turn and the page is sent again, what still runs after the
 * return is found, and processes with the sink in them are killed ({@link KillCheck}).
 */
public final class SinkVerifier {

  private static final TablePage OLD = TestRows.page(1);
  private static final TablePage NEW = TestRows.page(2);
  private static final long QUIET_NANOS = 700_000_000L;
  private static final long LATE_NANOS = 4_000_000_000L;

  private final Subject subject;
  private final SinkPasswords passwords;
  private final int kills;

  private final List<String> passed = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param files the sink's and those that it needs
   * @param send whether rows really leave the host, for a test queue or server; else stand-ins take
   *     the place of all endpoints but the database's
   * @param setup SQL to be run in the empty H2 database first, for tables that the sink expects
   * @param kills how often a process with the sink is killed at a random moment, besides the named
   *     ones; with 0 none is killed at all
   */
  public SinkVerifier(
      String sink,
      List<Path> files,
      Map<String, String> properties,
      SinkPasswords passwords,
      boolean send,
      List<String> setup,
      int kills) {
    this.subject = new Subject(sink, files, properties, !send, setup);
    this.passwords = passwords;
    this.kills = kills;
  }

  /**
   * @throws Exception when a file is broken or the setup fails
   */
  public Verdict verify() throws Exception {
    List<Seen> steps;
    try (Lab lab = open()) {
      Advice advice = new Advice(lab.routes());
      Optional<List<Seen>> clean = deliverWell(lab, advice);
      if (clean.isEmpty()) {
        return verdict();
      }
      steps = clean.get();
      replay(lab, steps);
      disorder(lab);
    }
    for (Seen step : steps) {
      if (step.step.leaf()) {
        fail(step, 1);
        if (step.entered > 1) {
          fail(step, 2);
        }
      }
    }
    if (findings.stream()
        .noneMatch(found -> found.kind() == Kind.SWALLOWS || found.kind() == Kind.HANDLED)) {
      passed.add(
          "each step was made to fail in turn: the sink threw, and the page could be sent again");
    }
    if (subject.standIn() && steps.stream().anyMatch(step -> step.step.leavesHost())) {
      notes.add(
          "nothing left this host: stand-ins took the place of "
              + String.join(
                  ", ",
                  steps.stream()
                      .filter(step -> step.step.leavesHost())
                      .map(step -> step.step.uri().replaceAll("[?].*", ""))
                      .distinct()
                      .toList())
              + "; --send sends to the real ones");
    }
    if (steps.stream().anyMatch(step -> step.step.leavesHost())) {
      notes.add(
          "after a crash rows are sent again: the receiver must go by id and rev, or updated_at");
    }
    if (findings.isEmpty() && kills > 0) {
      new KillCheck(subject, passwords, steps, kills).run(passed, findings, notes);
    }
    return verdict();
  }

  private Verdict verdict() {
    return new Verdict(passed, findings, notes);
  }

  /** With an empty database and an empty folder. */
  private Lab open() throws Exception {
    Probe probe = new Probe(subject.standIn(), Probe.Watcher.NONE);
    Lab lab = new Lab(LabHome.create(), false, subject, passwords, probe);
    for (String sql : subject.setup()) {
      lab.store.execute(sql);
    }
    return lab;
  }

  /** One page with nothing wrong. Empty when there is no point in going on. */
  private Optional<List<Seen>> deliverWell(Lab lab, Advice advice) throws Exception {
    lab.probe.begin(true, "", 0);
    Lab.Result result = lab.deliver(NEW);
    Set<String> atReturn = lab.probe.delivered();
    if (result.outcome() != Outcome.DONE) {
      String why =
          result.outcome() == Outcome.ENDED
              ? "its route ended by itself: the poll would end with no checkpoint and read the same"
                  + " page for ever"
              : Messages.of(result.failure());
      Kind kind = result.outcome() == Outcome.ENDED ? Kind.HANDLED : Kind.FAILS;
      findings.add(
          new Finding(
              kind,
              "a good page was not taken: " + why,
              kind == Kind.HANDLED
                  ? advice.handling()
                  : "mend that first; tables it expects can be made with --setup FILE.sql"));
      return Optional.empty();
    }
    Set<String> missing = new TreeSet<>(TestRows.ids());
    missing.removeAll(atReturn);
    settle(lab, missing.isEmpty());
    List<Seen> seen = lab.probe.seen();
    Optional<Seen> late =
        seen.stream()
            .filter(one -> one.endedLate > 0 || one.step.kind().equals("wireTap"))
            .findFirst();
    if (late.isPresent()) {
      findings.add(
          new Finding(
              Kind.ACKS_EARLY,
              "it returned while "
                  + late.get().step
                  + " was still to be done; a crash then loses rows",
              advice.waiting()));
      return Optional.empty();
    }
    if (!missing.isEmpty() && !lab.store.holds(missing)) {
      boolean waits = seen.stream().anyMatch(one -> one.step.kind().equals("aggregate"));
      findings.add(
          new Finding(
              waits ? Kind.ACKS_EARLY : Kind.DROPS,
              missing.size()
                  + " of "
                  + TestRows.ids().size()
                  + " rows reached no step that stores them when it returned ("
                  + String.join(", ", missing)
                  + ")",
              waits ? advice.waiting() : advice.dropping()));
      return Optional.empty();
    }
    passed.add("a page was taken, all " + TestRows.ids().size() + " rows of it");
    passed.add("nothing was left to do when it returned");
    return Optional.of(seen);
  }

  private static void settle(Lab lab, boolean complete) throws InterruptedException {
    long begin = System.nanoTime();
    long longest = complete ? QUIET_NANOS : LATE_NANOS;
    while (System.nanoTime() - begin < longest) {
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
      boolean late = lab.probe.seen().stream().anyMatch(one -> one.endedLate > 0);
      if (late && lab.probe.quietNanos() > QUIET_NANOS) {
        return;
      }
    }
  }

  private void replay(Lab lab, List<Seen> steps) throws Exception {
    Snapshot once = lab.store.snapshot();
    lab.probe.begin(false, "", 0);
    Lab.Result again = lab.deliver(NEW);
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

  private void disorder(Lab lab) throws Exception {
    Snapshot newest = lab.store.snapshot();
    lab.probe.begin(false, "", 0);
    Lab.Result old = lab.deliver(OLD);
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

  private void fail(Seen step, int from) throws Exception {
    boolean known =
        findings.stream()
            .anyMatch(found -> found.kind() == Kind.SWALLOWS || found.kind() == Kind.HANDLED);
    if (known) {
      return;
    }
    try (Lab lab = open()) {
      Advice advice = new Advice(lab.routes());
      lab.probe.begin(false, step.step.id(), from);
      Lab.Result result = lab.deliver(NEW);
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
  private void recover(Lab lab, String place) throws Exception {
    lab.probe.begin(false, "", 0);
    Lab.Result again = lab.deliver(NEW);
    if (again.outcome() != Outcome.DONE) {
      findings.add(
          new Finding(
              Kind.FAILS,
              place + "; when the page came again it was refused: " + Messages.of(again.failure()),
              "replace rows that are there already"));
      return;
    }
    Snapshot recovered = lab.store.snapshot();
    try (Lab fresh = open()) {
      fresh.probe.begin(false, "", 0);
      fresh.deliver(NEW);
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
