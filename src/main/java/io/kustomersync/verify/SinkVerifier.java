package io.kustomersync.verify;

import io.kustomersync.route.Messages;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.sink.TablePage;
import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.SinkTestHarness.Outcome;
import io.kustomersync.verify.StepInterceptor.Seen;
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
    try (SinkTestHarness lab = SinkTestHarness.fresh(subject, passwords)) {
      Advice advice = new Advice(lab.routes());
      Optional<List<Seen>> clean = deliverWell(lab, advice);
      if (clean.isEmpty()) {
        return verdict();
      }
      steps = clean.get();
      RepeatCheck repeat = new RepeatCheck(lab, passed, findings);
      repeat.again(NEW, steps);
      repeat.older(OLD);
    }
    FaultCheck fault = new FaultCheck(subject, passwords, NEW, findings);
    for (Seen step : steps) {
      if (step.step.leaf()) {
        fault.at(step, 1);
        if (step.entered > 1) {
          fault.at(step, 2);
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

  /** One page with nothing wrong. Empty when there is no point in going on. */
  private Optional<List<Seen>> deliverWell(SinkTestHarness lab, Advice advice) throws Exception {
    lab.probe.begin(true, "", 0);
    SinkTestHarness.Result result = lab.deliver(NEW);
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

  private static void settle(SinkTestHarness lab, boolean complete) throws InterruptedException {
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
}
