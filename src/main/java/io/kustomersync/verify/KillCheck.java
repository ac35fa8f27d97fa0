package io.kustomersync.verify;

import io.kustomersync.route.SinkPasswords;
import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.Orders.Load;
import io.kustomersync.verify.StepInterceptor.Seen;
import io.kustomersync.verify.Store.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kills processes that have the sink in them while it takes a page: right after it returned, at
 * each step that delivers, when the first new file is seen, and at random moments. Then another
 * process gets the page again, and what is stored must be what a sink that was never killed stores.
 * What can be looked at is the database, the folder, and what stand-ins have taken.
 */
final class KillCheck {

  /** As many as Kustomer gives at once. */
  private static final int ROWS = 500;

  /** So that writing takes long enough to be killed in. */
  private static final int PADDING = 16_000;

  private static final int MOST_STEPS = 3;
  private static final int FILE_TRIES = 3;

  private final Subject subject;
  private final SinkPasswords passwords;
  private final List<Seen> steps;
  private final int randomKills;
  private final Load page;
  private final Random random = new Random();
  private final Set<String> moments = new LinkedHashSet<>();
  private int kills;

  /**
   * @param steps those that an undisturbed delivery went through
   */
  KillCheck(Subject subject, SinkPasswords passwords, List<Seen> steps, int randomKills) {
    this.subject = subject;
    this.passwords = passwords;
    this.steps = steps;
    this.randomKills = randomKills;
    boolean elsewhere =
        !subject.standIn() && steps.stream().anyMatch(step -> step.step.leavesHost());
    this.page = new Load(2, 1, ROWS, elsewhere ? 100 : PADDING);
  }

  void run(List<String> passed, List<Finding> findings, List<String> notes) throws Exception {
    try (HarnessHome before = HarnessHome.create()) {
      must(deliver(before, true, List.of(new Load(1, 1, ROWS, 0))));
      Snapshot base = before.snapshot();
      Undisturbed undisturbed = undisturbed(before, base);
      Optional<Finding> found = atReturn(undisturbed);
      if (found.isPresent() && undisturbed.readable()) {
        // Perhaps it stores something else each time.
        undisturbed = orInexact(undisturbed);
        found = undisturbed.exact() ? found : atReturn(undisturbed);
      }
      for (KillMoment moment : moments(undisturbed)) {
        if (found.isPresent()) {
          break;
        }
        found = round(undisturbed, moment);
      }
      found.ifPresent(findings::add);
      if (found.isEmpty()) {
        passed.add(
            "its process was killed %d times (%s): each time the page came again%s"
                .formatted(
                    kills,
                    String.join(", ", moments),
                    undisturbed.sees()
                        ? " and nothing was lost, doubled or torn"
                        : " and was taken"));
      }
      notes.addAll(undisturbed.limits());
    }
  }

  private Undisturbed undisturbed(HarnessHome before, Snapshot base) throws Exception {
    try (HarnessHome home = before.copy()) {
      SinkProcess process = start(home, false, List.of(page));
      long nanos;
      try (process) {
        long begin = System.nanoTime();
        process.go();
        must(process.hear());
        nanos = System.nanoTime() - begin;
      }
      return new Undisturbed(before, base, home.snapshot(), process.took(), nanos, true);
    }
  }

  private Undisturbed orInexact(Undisturbed first) throws Exception {
    Undisturbed second = undisturbed(first.before(), first.base());
    boolean exact = second.stored().equals(first.stored());
    return new Undisturbed(
        first.before(), first.base(), first.stored(), first.took(), first.nanos(), exact);
  }

  /** Returning means durable: a kill the next moment must lose nothing. */
  private Optional<Finding> atReturn(Undisturbed undisturbed) throws Exception {
    try (HarnessHome home = undisturbed.before().copy()) {
      SinkProcess process = start(home, false, List.of(page));
      process.go();
      must(process.hear());
      process.kill();
      killed("right after it returned");
      long lost =
          Difference.of(undisturbed.stored(), home.snapshot(), undisturbed.exact()).lost()
              + undisturbed.missing(process.took());
      if (lost == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new Finding(
              Kind.ACKS_EARLY,
              "its process was killed right after it returned, and "
                  + lost
                  + " rows were not stored: the checkpoint would have moved past them",
              "return only when the rows are where a kill can't reach them: no buffer, queue or"
                  + " timer in memory"));
    }
  }

  private List<KillMoment> moments(Undisturbed undisturbed) {
    List<KillMoment> moments = new ArrayList<>();
    steps.stream()
        .filter(step -> step.delivers && step.step.leaf())
        .limit(MOST_STEPS)
        .forEach(
            step -> moments.add(new KillMoment.AtStep(step.step, step.entered > 1 ? ROWS / 2 : 1)));
    if (undisturbed.writesFiles()) {
      for (int i = 0; i < FILE_TRIES; i++) {
        moments.add(new KillMoment.AtFirstFile());
      }
    }
    for (int i = 0; i < randomKills; i++) {
      moments.add(new KillMoment.After((long) (random.nextDouble() * undisturbed.nanos())));
    }
    return moments;
  }

  private Optional<Finding> round(Undisturbed undisturbed, KillMoment moment) throws Exception {
    try (HarnessHome home = undisturbed.before().copy()) {
      Set<String> took = new TreeSet<>();
      SinkProcess victim = start(home, List.of(page), moment);
      moment.look(home.folder());
      victim.go();
      moment.await(victim, home.folder());
      victim.kill();
      killed(moment.kind());
      took.addAll(victim.took());
      Optional<Finding> torn = torn(undisturbed, home, moment);
      if (torn.isPresent()) {
        return torn;
      }
      SinkProcess next = start(home, false, List.of(page));
      String word;
      try (next) {
        next.go();
        word = next.hear();
      }
      took.addAll(next.took());
      if (!word.equals("returned")) {
        return Optional.of(refused(moment, word));
      }
      return undisturbed.compared(home.snapshot(), took, moment);
    }
  }

  private static Finding refused(KillMoment moment, String word) {
    return new Finding(
        Kind.FAILS,
        moment
            + "; when the page came again it was refused, so that crash stops the table for ever: "
            + word.replaceFirst("^\\w+ ", ""),
        "a kill skips doFinally and doCatch: nothing that they take away, a lock file or a row"
            + " \"in progress\", may stand in the way of the page");
  }

  /**
   * A file is torn when it has the name of a whole one and only its beginning, and stays so though
   * its rows come again in other pages, as they may.
   */
  private Optional<Finding> torn(Undisturbed undisturbed, HarnessHome home, KillMoment moment)
      throws Exception {
    Store store = new Store(null, home.folder());
    Set<String> halves = store.halves(undisturbed.stored(), undisturbed.base());
    if (halves.isEmpty()) {
      return Optional.empty();
    }
    try (HarnessHome copy = home.copy()) {
      List<Load> otherwise =
          List.of(
              new Load(2, 1, ROWS / 2, page.padding()),
              new Load(2, ROWS / 2 + 1, ROWS, page.padding()));
      if (!deliver(copy, false, otherwise).equals("returned")) {
        return Optional.empty(); // it refuses the page; that is found next
      }
      halves.retainAll(
          new Store(null, copy.folder()).halves(undisturbed.stored(), undisturbed.base()));
    }
    return halves.stream()
        .findFirst()
        .map(
            file ->
                new Finding(
                    Kind.TORN,
                    moment
                        + ", and half of the file "
                        + file
                        + " was there under its own name; it stays so when its rows come again in"
                        + " other pages",
                    "write under another name and rename: in Camel's file component"
                        + " tempFileName=.${file:name}.tmp"));
  }

  private void killed(String moment) {
    kills++;
    moments.add(moment);
  }

  private SinkProcess start(HarnessHome home, boolean fresh, List<Load> loads) throws Exception {
    return new SinkProcess(new Orders(subject, home.root(), fresh, loads, "", 0), passwords);
  }

  private SinkProcess start(HarnessHome home, List<Load> loads, KillMoment moment)
      throws Exception {
    Orders orders = new Orders(subject, home.root(), false, loads, "", 0);
    return new SinkProcess(
        moment instanceof KillMoment.AtStep at
            ? orders.stoppingAt(at.step().id(), at.time())
            : orders,
        passwords);
  }

  private String deliver(HarnessHome home, boolean fresh, List<Load> loads) throws Exception {
    try (SinkProcess process = start(home, fresh, loads)) {
      process.go();
      return process.hear();
    }
  }

  /** It took such pages before, in this process. */
  private static void must(String word) {
    if (!word.equals("returned")) {
      throw new IllegalStateException(
          "in a process of its own the sink did not take a good page of "
              + ROWS
              + " rows: "
              + word.replaceFirst("^\\w+ ", ""));
    }
  }
}
