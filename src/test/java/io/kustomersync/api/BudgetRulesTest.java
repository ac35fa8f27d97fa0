package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.FairQueue.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

class BudgetRulesTest {

  private long now = -3_000_000_000_000L; // System.nanoTime may be negative

  private final Budget.Ticks ticks =
      new Budget.Ticks() {
        @Override
        public long nanos() {
          return now;
        }

        @Override
        public void await(Condition changed, long nanos) {
          throw new AssertionError("nobody waits here");
        }
      };

  private final Budget budget = new Budget(0.5, ticks);
  private final Deque<Budget.Call> sent = new ArrayDeque<>();

  private static RateLimit told(int limit, int remaining) {
    return new RateLimit(
        OptionalInt.of(limit), OptionalInt.of(remaining), Optional.empty(), Optional.empty());
  }

  private static RateLimit told(int limit, int remaining, int reset) {
    return new RateLimit(
        OptionalInt.of(limit),
        OptionalInt.of(remaining),
        Optional.of(Duration.ofSeconds(reset)),
        Optional.empty());
  }

  private double wait(Pool pool) {
    long wait = budget.tryAcquire(new Ticket(pool, "customers"));
    if (wait == 0) {
      sent.addLast(new Budget.Call(pool, now));
    }
    return wait / 1e9;
  }

  /** To the oldest call that waits for an answer. */
  private void answered(Pool pool, int status, RateLimit told) {
    Budget.Call call = sent.removeFirst();
    assertThat(call.pool()).isEqualTo(pool);
    budget.answered(call, status, told);
  }

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  private void assertGoes(Pool pool) {
    assertThat(wait(pool)).isZero();
  }

  @Test
  void sendsOneCallAheadBeforeAnythingIsKnown() {
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isPositive();
    assertThat(wait(Pool.SEARCH)).isPositive();
    answered(Pool.ORG, 200, told(1_000, 999));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
  }

  @Test
  void staysAboveTheReserveWithItsCallsInFlight() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 502));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isPositive();
  }

  @Test
  void isNotConfusedByAnswersThatOvertakeEachOther() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 504));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
    pass(0.1);
    answered(Pool.ORG, 200, told(1_000, 501));
    answered(Pool.ORG, 200, told(1_000, 503));
    answered(Pool.ORG, 200, told(1_000, 502));
    assertThat(budget.snapshot().org().remaining()).hasValue(501);
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isPositive();
  }

  @Test
  void waitsForTheToldResetThenSendsOneCallAhead() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 400, 20));
    assertThat(wait(Pool.ORG)).isEqualTo(20.25);
    pass(20.25);
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isPositive();
    answered(Pool.ORG, 200, told(1_000, 999, 59));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
  }

  @Test
  void noticesANewWindowByWhatRemains() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 503, 50));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 998, 60));
    assertThat(budget.snapshot().org().remaining()).hasValue(998);
  }

  @Test
  void a429OnASearchClosesSearchingOnly() {
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 429, RateLimit.UNKNOWN);
    assertThat(wait(Pool.SEARCH)).isEqualTo(60.25);
    assertGoes(Pool.ORG);
  }

  @Test
  void a429OnASearchClosesAllWhenTheOrgIsEmpty() {
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 429, told(1_000, 0, 30));
    assertThat(wait(Pool.ORG)).isEqualTo(30.25);
  }

  @Test
  void honoursRetryAfter() {
    assertGoes(Pool.ORG);
    RateLimit told =
        new RateLimit(
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(Duration.ofSeconds(7)));
    answered(Pool.ORG, 429, told);
    assertThat(wait(Pool.ORG)).isEqualTo(7.25);
  }

  @Test
  void knocksEverMoreRarelyWhenTheResetIsAlwaysNow() {
    int knocks = 0;
    for (int second = 0; second < 600; second++) {
      if (wait(Pool.ORG) == 0) {
        knocks++;
        answered(Pool.ORG, 429, told(1_000, 0, 0));
      }
      pass(1);
    }
    assertThat(knocks).isBetween(10, 20);
  }

  @Test
  void headersOfASearchCountForThePoolWhoseLimitTheyName() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(300, 280));
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 200, told(300, 279));
    assertThat(budget.snapshot().org().remaining()).hasValue(279);
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 200, told(120, 119));
    assertThat(budget.snapshot().search())
        .isEqualTo(new Budget.Allowed(120, 2, OptionalInt.of(119)));
    assertThat(budget.snapshot().org().remaining()).hasValue(279);
  }

  /** As when the company's plan has grown since the last plain call. */
  @Test
  void aLimitOverTheOrgsIsNeverTheOneForSearches() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 999));
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 200, told(2_000, 1_990));

    assertThat(budget.snapshot().org())
        .isEqualTo(new Budget.Allowed(2_000, 2, OptionalInt.of(1_990)));
    assertThat(budget.snapshot().search().limit()).isEqualTo(Budget.SEARCH_LIMIT);
  }

  /** As when the plan has become smaller, or by any other misunderstanding. */
  @Test
  void aSearchRefusedThoughCallsRemainTellsThatTheyAreTheOrgs() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(1_000, 999));
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 200, told(500, 490));
    assertGoes(Pool.SEARCH);
    answered(Pool.SEARCH, 429, told(500, 400));

    assertThat(budget.snapshot().search().limit()).isEqualTo(Budget.SEARCH_LIMIT);
    assertThat(budget.snapshot().org()).isEqualTo(new Budget.Allowed(500, 3, OptionalInt.of(400)));
    assertThat(wait(Pool.SEARCH)).isPositive();
    assertGoes(Pool.ORG);
  }

  @Test
  void aCallWhoseEndIsNeverToldBlocksForTwoMinutesAtMost() {
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isEqualTo(120);
    pass(120);
    assertGoes(Pool.ORG);
  }

  /** An answer may take up to five minutes. */
  @Test
  void anAnswerThatComesAfterItsCallWasGivenUpIsCountedOnce() {
    assertGoes(Pool.ORG);
    pass(150);
    assertThat(budget.snapshot().org().used()).as("given up after two minutes").isEqualTo(1);

    answered(Pool.ORG, 200, told(100, 99));

    assertThat(budget.snapshot().org().used()).isEqualTo(1);
  }

  @Test
  void ofTwoCallsGivenUpThatWereSentInOneTickEachAnswerTakesItsOwnPlace() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(100, 99));
    assertGoes(Pool.ORG);
    assertGoes(Pool.ORG);
    pass(150);
    assertThat(budget.snapshot().org().used()).as("given up after two minutes").isEqualTo(2);

    answered(Pool.ORG, 200, told(100, 97));

    assertThat(budget.snapshot().org().used()).isEqualTo(2);
  }

  @Test
  void ticksThatJumpNeitherBlockForLongNorLetABurstThrough() {
    assertGoes(Pool.ORG);
    answered(Pool.ORG, 200, told(100, 99));
    for (int call = 0; call < 49; call++) {
      assertGoes(Pool.ORG);
      answered(Pool.ORG, 200, told(100, 98 - call));
    }
    pass(-3_600);
    assertThat(wait(Pool.ORG)).isBetween(1.0, 61.0);
    pass(7_200);
    assertGoes(Pool.ORG);
    assertThat(wait(Pool.ORG)).isPositive();
  }
}
