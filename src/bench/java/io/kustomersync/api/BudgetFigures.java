package io.kustomersync.api;

import static io.kustomersync.api.BudgetSimulation.SECOND;

import io.kustomersync.api.MeteredServer.Headers;
import io.kustomersync.api.MeteredServer.Window;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * How much of what Kustomer's limits leave is used, in virtual time, among other users of the same
 * company. Run it for the table in {@code docs/evidence/performance.md}.
 */
final class BudgetFigures {

  static final int HOURS = 3;

  /** What the company's other users do in each second, given the limit. */
  enum Others {
    NOBODY,
    /** Half a percent of the limit a second on average, one by one. */
    STEADY,
    /** One second in ten, up to a tenth of the limit at once. */
    BURSTS,
    /** One minute in three, most of the limit within seconds. */
    STORMS;

    LongUnaryOperator draws(int limit, Random random) {
      return switch (this) {
        case NOBODY -> second -> 0;
        case STEADY -> second -> poisson(limit / 200.0, random);
        case BURSTS -> second -> random.nextInt(10) == 0 ? random.nextInt(limit / 10) : 0;
        case STORMS ->
            second -> second % 180 < 5 ? random.nextInt(limit / 4) : poisson(limit / 600.0, random);
      };
    }
  }

  /**
   * @param share {@code kustomer.budget.share}
   */
  record Scenario(
      Pool pool, int limit, double share, Window window, Headers headers, Others others) {

    Figure measure(long seed) {
      Random random = new Random(seed);
      MeteredServer org =
          new MeteredServer(
              pool == Pool.ORG ? limit : 1_000, window, headers, random.nextLong(60 * SECOND));
      MeteredServer search =
          pool == Pool.ORG
              ? null
              : new MeteredServer(limit, window, headers, random.nextLong(60 * SECOND));
      MeteredServer metered = pool == Pool.ORG ? org : search;
      metered.reserve = limit - (int) (limit * share + 1e-6);
      BudgetSimulation simulation =
          new BudgetSimulation(
              share,
              org,
              search,
              pool == Pool.ORG ? 16 : 0,
              pool == Pool.SEARCH ? 4 : 0,
              200_000_000L,
              0,
              seed);
      simulation.reserve = metered.reserve;
      simulation.run(HOURS * 3600L, others.draws(limit, random));
      return new Figure(
          this,
          simulation.used(pool),
          simulation.refused,
          simulation.avoidable,
          simulation.intrusions,
          simulation.let / (HOURS * 60.0));
    }
  }

  /**
   * @param used of the calls that were free
   * @param refused calls that drew a 429
   * @param avoidable of these, not explained by a call of others since the last answer
   * @param intrusions calls made though only the reserve was left
   */
  record Figure(
      Scenario scenario,
      double used,
      int refused,
      int avoidable,
      int intrusions,
      double perMinute) {}

  private BudgetFigures() {}

  static List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>();
    for (Window window : Window.values()) {
      for (Headers headers : List.of(Headers.WITHOUT_RESET, Headers.WITH_RESET)) {
        for (double share : new double[] {0.5, 0.8, 1}) {
          for (Others others : Others.values()) {
            all.add(new Scenario(Pool.ORG, 1_000, share, window, headers, others));
          }
          // others' searches are people's, which Kustomer does not limit
          all.add(new Scenario(Pool.SEARCH, 100, share, window, headers, Others.NOBODY));
        }
      }
    }
    return all;
  }

  private static long poisson(double mean, Random random) {
    double limit = Math.exp(-mean);
    long count = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    out.println(
        "| pool | window | reset told | share | others | free calls used | 429 | of these avoidable | into the reserve | calls a minute |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (Scenario scenario : scenarios()) {
      Figure figure = scenario.measure(1);
      out.println(
          String.format(
              Locale.ROOT,
              "| %s %d | %s | %s | %.1f | %s | %.1f %% | %d | %d | %d | %.0f |",
              scenario.pool().name().toLowerCase(Locale.ROOT),
              scenario.limit(),
              scenario.window().name().toLowerCase(Locale.ROOT),
              scenario.headers() == Headers.WITH_RESET ? "yes" : "no",
              scenario.share(),
              scenario.others().name().toLowerCase(Locale.ROOT),
              100 * figure.used(),
              figure.refused(),
              figure.avoidable(),
              figure.intrusions(),
              figure.perMinute()));
    }
  }
}
