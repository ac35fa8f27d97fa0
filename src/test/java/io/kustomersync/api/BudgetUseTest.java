package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.BudgetFigures.Figure;
import io.kustomersync.api.BudgetFigures.Others;
import io.kustomersync.api.BudgetFigures.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/evidence/performance.md} to its table of Kustomer's limits. */
class BudgetUseTest {

  @ParameterizedTest
  @MethodSource("io.kustomersync.api.BudgetFigures#scenarios")
  void usesWhatOthersLeaveAndDrawsNo429ThatWaitingAvoids(Scenario scenario) {
    for (long seed = 1; seed <= 2; seed++) {
      Figure figure = scenario.measure(seed);

      assertThat(figure.used()).as("part of the free calls used").isGreaterThanOrEqualTo(0.95);
      if (scenario.share() < 1) {
        assertThat(figure.avoidable()).as("429s that waiting would have avoided").isZero();
      } else {
        // with no reserve and answers that overtake each other: fewer than one in 10,000 calls
        double calls = figure.perMinute() * 60 * BudgetFigures.HOURS;
        assertThat(figure.avoidable()).isLessThanOrEqualTo((int) (calls / 10_000));
      }
      if (scenario.others() == Others.NOBODY) {
        assertThat(figure.refused()).isZero();
        assertThat(figure.intrusions()).isZero();
      }
    }
  }
}
