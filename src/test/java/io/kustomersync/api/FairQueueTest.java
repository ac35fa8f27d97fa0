package io.kustomersync.api;

import static io.kustomersync.api.BudgetSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.FairQueue.Ticket;
import io.kustomersync.api.MeteredServer.Headers;
import io.kustomersync.api.MeteredServer.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A long backfill and small tables on one budget, in virtual time. */
class FairQueueTest {

  private static final int SMALL = 10;
  private static final long POLL = 60 * SECOND;

  /** When each small table's poll wanted its call and how long it waited for it. */
  static final class Company {
    final List<Long> waits = new ArrayList<>();
    int backfilled;
    int listed;
    private final Random random;
    private final MeteredServer org;
    private final MeteredServer search;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparing(Event::at));
    private final Budget budget;
    private long now;

    private record Event(long at, Runnable what) {}

    Company(long seed, double share, Window window) {
      this(seed, share, window, 1_000);
    }

    Company(long seed, double share, Window window, int orgLimit) {
      random = new Random(seed);
      Headers headers = Headers.WITHOUT_RESET;
      org = new MeteredServer(orgLimit, window, headers, random.nextLong(60 * SECOND));
      search = new MeteredServer(100, window, headers, random.nextLong(60 * SECOND));
      budget =
          new Budget(
              share,
              new Budget.Ticks() {
                @Override
                public long nanos() {
                  return now;
                }

                @Override
                public void await(Condition changed, long nanos) {
                  throw new AssertionError("nobody waits in the simulation");
                }
              });
    }

    /**
     * @param lanes calls that the backfill has in flight or waiting
     * @param together whether all small tables poll at the same moment
     */
    void run(int lanes, boolean together, long seconds) {
      run(lanes, 0, together, seconds);
    }

    /**
     * @param pages of the list that the backfill has in flight or waiting as well
     */
    void run(int lanes, int pages, boolean together, long seconds) {
      List<Ticket> queue = new ArrayList<>();
      List<Runnable> go = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        backfill(queue, go);
      }
      for (int page = 0; page < pages; page++) {
        list(queue, go);
      }
      for (int table = 0; table < SMALL; table++) {
        long phase = together ? 7 * SECOND : random.nextLong(POLL);
        poll("small" + table, phase, queue, go);
      }
      long end = seconds * SECOND;
      while (now < end) {
        long wait = Long.MAX_VALUE;
        boolean moved = true;
        while (moved) {
          moved = false;
          wait = Long.MAX_VALUE;
          for (int i = 0; i < queue.size() && !moved; i++) {
            long mine = budget.tryAcquire(queue.get(i));
            wait = Math.min(wait, mine);
            if (mine == 0) {
              queue.remove(i);
              go.remove(i).run();
              moved = true;
            }
          }
        }
        long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
        now = Math.min(event, wait == Long.MAX_VALUE ? wait : now + wait);
        while (!events.isEmpty() && events.peek().at() <= now) {
          events.poll().what().run();
        }
      }
    }

    private void list(List<Ticket> queue, List<Runnable> go) {
      ask(
          Pool.ORG,
          "big",
          queue,
          go,
          () -> {
            listed++;
            list(queue, go);
          },
          () -> {});
    }

    private void backfill(List<Ticket> queue, List<Runnable> go) {
      ask(
          "big",
          queue,
          go,
          () -> {
            backfilled++;
            backfill(queue, go);
          });
    }

    private void poll(String table, long at, List<Ticket> queue, List<Runnable> go) {
      events.add(
          new Event(
              at,
              () -> {
                long wanted = now;
                ask(
                    Pool.SEARCH,
                    table,
                    queue,
                    go,
                    () -> poll(table, Math.max(now, wanted + POLL), queue, go),
                    () -> waits.add(now - wanted));
              }));
    }

    private void ask(String table, List<Ticket> queue, List<Runnable> go, Runnable then) {
      ask(Pool.SEARCH, table, queue, go, then, () -> {});
    }

    private void ask(
        Pool pool,
        String table,
        List<Ticket> queue,
        List<Runnable> go,
        Runnable then,
        Runnable sent) {
      Ticket ticket = new Ticket(pool, table);
      budget.join(ticket);
      queue.add(ticket);
      go.add(
          () -> {
            sent.run();
            Budget.Call call = new Budget.Call(pool, now);
            long back = now + SECOND / 10 + random.nextLong(SECOND / 2);
            boolean let = (pool == Pool.ORG || search.draw(now)) && org.draw(now);
            RateLimit told = org.told(now);
            events.add(
                new Event(
                    back,
                    () -> {
                      budget.answered(call, let ? 200 : 429, told);
                      then.run();
                    }));
          });
    }

    double waitSeconds(double part) {
      Collections.sort(waits);
      return waits.get((int) Math.min(waits.size() - 1, part * waits.size())) / 1e9;
    }
  }

  @Property(tries = 40)
  void aBackfillLeavesTheSmallTablesTheirTurnAndUsesTheRest(
      @ForAll long seed,
      @ForAll Window window,
      @ForAll @IntRange(min = 1, max = 8) int lanes,
      @ForAll boolean together) {
    Company company = new Company(seed, 0.8, window);
    company.run(lanes, together, 3600);

    // Only the first poll after a backfill began alone may find the minute used up.
    assertThat(company.waitSeconds(0.95)).isLessThan(10);
    assertThat(company.waitSeconds(1)).isLessThan(62);
    assertThat(company.waits).hasSizeGreaterThan(SMALL * 58);
    assertThat(company.backfilled).isGreaterThan((int) (60 * 0.95 * (80 - SMALL)));
  }

  /** There are few calls in the smallest plan, and many list pages to a search. */
  @Property(tries = 30)
  void aBackfillThroughBothPoolsLeavesSearchesTheirRoom(
      @ForAll long seed,
      @ForAll Window window,
      @ForAll @IntRange(min = 2, max = 6) int lanes,
      @ForAll boolean large,
      @ForAll boolean together) {
    int limit = large ? 1_000 : 300;
    Company company = new Company(seed, 0.8, window, limit);
    company.run(lanes, 5 * lanes, together, 3600);

    assertThat(company.waitSeconds(0.95)).isLessThan(10);
    assertThat(company.waitSeconds(1)).isLessThan(62);
    assertThat(company.backfilled).isGreaterThan((int) (60 * 0.95 * (80 - SMALL)));
    assertThat(company.listed)
        .isGreaterThan((int) (60 * 0.9 * Math.min(10 * lanes, 0.8 * limit - 80)));
  }
}
