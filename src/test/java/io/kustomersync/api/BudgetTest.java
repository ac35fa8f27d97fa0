package io.kustomersync.api;

import static io.kustomersync.api.BudgetSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.MeteredServer.Headers;
import io.kustomersync.api.MeteredServer.Window;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BudgetTest {

  private static final int MINUTES = 15;

  @Property(tries = 100)
  void aloneItUsesItsShareAndNeverDrawsA429(
      @ForAll long seed,
      @ForAll @IntRange(min = 60, max = 2_000) int limit,
      @ForAll @DoubleRange(min = 0.1, max = 1) double share,
      @ForAll Window window,
      @ForAll Headers headers,
      @ForAll @IntRange(min = 1, max = 16) int workers,
      @ForAll @IntRange(min = 10, max = 1_000) int latencyMillis) {
    int real = headers == Headers.NONE ? Math.max(limit, Budget.ASSUMED_ORG_LIMIT) : limit;
    int assumed = headers == Headers.NONE ? Budget.ASSUMED_ORG_LIMIT : limit;
    long phase = new Random(seed).nextLong(60 * SECOND);
    BudgetSimulation simulation =
        new BudgetSimulation(
                share,
                new MeteredServer(real, window, headers, phase),
                null,
                workers,
                0,
                latencyMillis * 1_000_000L,
                0,
                seed)
            .run(MINUTES * 60, second -> 0);

    double own = Math.max(1, Math.floor(assumed * share));
    double demand = workers * 60_000.0 / latencyMillis;
    assertThat(simulation.refused).isZero();
    assertThat(simulation.let)
        .isGreaterThan((int) (0.9 * MINUTES * Math.min(own, 0.5 * demand)))
        .isLessThanOrEqualTo((int) (own * (MINUTES + 1)));
    assertThat(simulation.longestWaitSeconds()).isLessThanOrEqualTo(65);
  }

  @Property(tries = 100)
  void amongStrangersItKeepsTheReserve(
      @ForAll long seed,
      @ForAll @IntRange(min = 300, max = 2_000) int limit,
      @ForAll @DoubleRange(min = 0.3, max = 0.95) double share,
      @ForAll Window window,
      @ForAll boolean reset,
      @ForAll @IntRange(min = 1, max = 8) int workers) {
    Headers headers = reset ? Headers.WITH_RESET : Headers.WITHOUT_RESET;
    Random strangers = new Random(seed);
    long phase = strangers.nextLong(60 * SECOND);
    BudgetSimulation simulation =
        new BudgetSimulation(
            share,
            new MeteredServer(limit, window, headers, phase),
            null,
            workers,
            0,
            200_000_000L,
            0.01,
            seed);
    simulation.reserve = limit - (int) (limit * share + 1e-6);
    // Now and then they draw a tenth of the limit at once.
    AtomicInteger bursts = new AtomicInteger();
    simulation.run(
        MINUTES * 60,
        second -> {
          int drawn = strangers.nextInt(10) == 0 ? strangers.nextInt(limit / 10) : 0;
          bursts.addAndGet(drawn > 0 ? 1 : 0);
          return drawn;
        });

    // What goes over: a call alone that asks whether anything is left again, every 6 s at most, and
    // those on their way when a burst came.
    assertThat(simulation.intrusions).isLessThanOrEqualTo(MINUTES * 10 + bursts.get() * workers);
    assertThat(simulation.longestWaitSeconds()).isLessThanOrEqualTo(125);
  }

  @Property(tries = 100)
  void searchesKeepToTheirOwnLimitWhateverTheirHeadersSpeakOf(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.3, max = 1) double share,
      @ForAll Window window,
      @ForAll Headers searchHeaders,
      @ForAll @IntRange(min = 0, max = 4) int workers,
      @ForAll @IntRange(min = 1, max = 12) int searchers) {
    Random random = new Random(seed);
    BudgetSimulation simulation =
        new BudgetSimulation(
                share,
                new MeteredServer(
                    1_000, window, Headers.WITHOUT_RESET, random.nextLong(60 * SECOND)),
                new MeteredServer(100, window, searchHeaders, random.nextLong(60 * SECOND)),
                workers,
                searchers,
                300_000_000L,
                0,
                seed)
            .run(MINUTES * 60, second -> 0);

    assertThat(simulation.refused).isZero();
    // A server whose window slides renews a burst's places one by one, which headers do not tell:
    // the gate asks again a minute after the burst ended, so a part of each minute is given away.
    double used = window == Window.SLIDING ? 0.8 : 0.9;
    assertThat(simulation.letSearches)
        .isGreaterThan((int) (used * MINUTES * Math.floor(100 * share + 1e-6)));
  }

  @Property(tries = 50)
  void after429sItComesBack(@ForAll long seed, @ForAll Window window, @ForAll Headers headers) {
    Random random = new Random(seed);
    BudgetSimulation simulation =
        new BudgetSimulation(
            0.8,
            new MeteredServer(300, window, headers, random.nextLong(60 * SECOND)),
            null,
            4,
            0,
            200_000_000L,
            0.05,
            seed);
    simulation.run(600, second -> 300);
    assertThat(simulation.refused).isLessThan(80);
    int before = simulation.let;
    simulation.run(600, second -> 0);
    assertThat(simulation.let - before).isGreaterThan(7 * 240);
  }

  @Property(tries = 5)
  void refusesAShareThatIsNone(@ForAll @DoubleRange(min = 1.01, max = 9) double share) {
    assertThatThrownBy(() -> new Budget(share)).hasMessageContaining("kustomer.budget.share");
    assertThatThrownBy(() -> new Budget(-share)).hasMessageContaining("kustomer.budget.share");
    assertThatThrownBy(() -> new Budget(Double.NaN)).hasMessageContaining("kustomer.budget.share");
  }
}
