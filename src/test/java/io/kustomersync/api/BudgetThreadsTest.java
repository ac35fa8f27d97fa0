package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kustomersync.api.MeteredServer.Headers;
import io.kustomersync.api.MeteredServer.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetThreadsTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** A minute of the budget passes in 0.1 s. */
  private static final class FastTicks implements Budget.Ticks {
    static final int SPEED = 600;

    @Override
    public long nanos() {
      return System.nanoTime() * SPEED;
    }

    @Override
    public void await(Condition changed, long nanos) throws InterruptedException {
      changed.awaitNanos(nanos / SPEED + 1);
    }
  }

  private static RateLimit told(int limit, int remaining) {
    return new RateLimit(
        OptionalInt.of(limit),
        OptionalInt.of(remaining),
        java.util.Optional.empty(),
        java.util.Optional.empty());
  }

  @Test
  void manyThreadsTogetherDrawNo429() throws Exception {
    FastTicks ticks = new FastTicks();
    Budget budget = new Budget(1, ticks);
    MeteredServer server = new MeteredServer(60, Window.SLIDING, Headers.WITHOUT_RESET, 0);
    AtomicInteger refused = new AtomicInteger();
    List<Future<?>> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      callers.add(
          threads.submit(
              () -> {
                for (int call = 0; call < 100; call++) {
                  Budget.Call sent = budget.acquire(Pool.ORG, "customers");
                  RateLimit told;
                  boolean ok;
                  synchronized (server) {
                    long now = ticks.nanos();
                    ok = server.draw(now);
                    told = server.told(now);
                  }
                  refused.addAndGet(ok ? 0 : 1);
                  budget.answered(sent, ok ? 200 : 429, told);
                }
                return null;
              }));
    }
    for (Future<?> caller : callers) {
      caller.get();
    }
    assertThat(refused).hasValue(0);
    assertThat(budget.calls()).isEqualTo(800);
  }

  @Test
  void closingReleasesAllWhoWait() throws Exception {
    Budget budget = new Budget(1);
    budget.acquire(Pool.SEARCH, "customers");
    ConcurrentLinkedQueue<Throwable> ends = new ConcurrentLinkedQueue<>();
    CountDownLatch started = new CountDownLatch(6);
    for (int i = 0; i < 6; i++) {
      Pool pool = i % 2 == 0 ? Pool.ORG : Pool.SEARCH;
      threads.submit(
          () -> {
            started.countDown();
            try {
              budget.acquire(pool, "customers");
            } catch (Throwable e) {
              ends.add(e);
            }
          });
    }
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    budget.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> ends.size() == 6);
    assertThat(ends).allSatisfy(e -> assertThat(e).isInstanceOf(Budget.Closed.class));
    assertThatThrownBy(() -> budget.acquire(Pool.ORG, "customers"))
        .isInstanceOf(Budget.Closed.class);
  }

  @Test
  void anInterruptedCallerLeavesTheQueue() throws Exception {
    Budget budget = new Budget(1);
    Budget.Call first = budget.acquire(Pool.ORG, "customers");
    CountDownLatch interrupted = new CountDownLatch(1);
    Future<?> waiting =
        threads.submit(
            () -> {
              try {
                budget.acquire(Pool.ORG, "customers");
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    waiting.cancel(true);
    budget.answered(first, 200, told(1_000, 999));
    budget.acquire(Pool.ORG, "customers");
    assertThat(budget.calls()).isEqualTo(2);
  }

  @Test
  void plainCallsPassSearchesThatWaitForTheSearchLimit() throws Exception {
    Budget budget = new Budget(1);
    Budget.Call refused = budget.acquire(Pool.SEARCH, "customers");
    budget.answered(refused, 429, told(1_000, 900)); // closes searching for a minute
    AtomicInteger searched = new AtomicInteger();
    Future<?> search =
        threads.submit(
            () -> {
              budget.acquire(Pool.SEARCH, "customers");
              return searched.incrementAndGet();
            });
    for (int call = 0; call < 20; call++) {
      Budget.Call plain = budget.acquire(Pool.ORG, "customers");
      budget.answered(plain, 200, told(1_000, 900 - call));
    }
    assertThat(searched).hasValue(0);
    assertThat(search).isNotDone();
    assertThat(budget.snapshot().org())
        .isEqualTo(new Budget.Allowed(1_000, 21, OptionalInt.of(881)));
    assertThat(budget.snapshot().search().limit()).isEqualTo(100);
  }
}
