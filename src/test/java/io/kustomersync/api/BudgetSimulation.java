package io.kustomersync.api;

import io.kustomersync.api.FairQueue.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.function.LongUnaryOperator;

/**
 * Workers that ask as fast as the budget lets them, against metered servers, with strangers drawing
 * too. Single-threaded and on virtual time, so that one seed gives one history.
 */
final class BudgetSimulation {

  static final long SECOND = 1_000_000_000L;

  private record Event(long at, int kind, Call call) {}

  private record Call(
      Budget.Call made, long answerAt, int[] status, RateLimit[] told, long[] known) {}

  private static final int ARRIVES = 0;
  private static final int ANSWERED = 1;
  private static final int STRANGER = 2;

  final Budget budget;
  private final MeteredServer org;
  private final MeteredServer search;
  private final Random random;
  private final int workers;
  private final int searchers;
  private final long latency;
  private final double failures;

  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
  private final List<Long> sentPlain = new ArrayList<>();
  private final List<Long> sentSearch = new ArrayList<>();
  private long now;
  private int plainBusy;
  private int searchBusy;
  private long longestWait;
  private long lastGo;

  int let;
  int letSearches;
  int refused;
  int intrusions; // own calls that the server took although no more than the reserve remained
  int reserve;
  int avoidable; // of the refused: those that no stranger's call since the last word explains
  private long lastWord = Long.MIN_VALUE; // when the server said what we know
  private long lastStranger = Long.MIN_VALUE;
  private double freeSeconds; // of a sliding window: places that stood free, summed over seconds

  BudgetSimulation(
      double share,
      MeteredServer org,
      MeteredServer search,
      int workers,
      int searchers,
      long latency,
      double failures,
      long seed) {
    this.org = org;
    this.search = search;
    this.workers = workers;
    this.searchers = searchers;
    this.latency = latency;
    this.failures = failures;
    this.random = new Random(seed);
    this.budget =
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
   * @param strangers how many calls others make each second, given the second
   */
  BudgetSimulation run(long seconds, LongUnaryOperator strangers) {
    long end = now + seconds * SECOND;
    events.removeIf(event -> event.kind() == STRANGER);
    events.add(new Event(now, STRANGER, null));
    lastGo = now;
    while (true) {
      long wait = Long.MAX_VALUE;
      while (searchBusy < searchers) {
        long searchWait = budget.tryAcquire(new Ticket(Pool.SEARCH, "one"));
        if (searchWait > 0) {
          wait = searchWait;
          break;
        }
        send(Pool.SEARCH);
        searchBusy++;
      }
      while (plainBusy < workers) {
        long plainWait = budget.tryAcquire(new Ticket(Pool.ORG, "one"));
        if (plainWait > 0) {
          wait = Math.min(wait, plainWait);
          break;
        }
        send(Pool.ORG);
        plainBusy++;
      }
      long look = wait == Long.MAX_VALUE ? wait : now + wait;
      now = Math.min(look, events.peek().at());
      if (now >= end) {
        return this;
      }
      if (now < events.peek().at()) {
        continue;
      }
      Event event = events.poll();
      switch (event.kind()) {
        case ARRIVES -> arrive(event.call());
        case ANSWERED -> {
          answer(event.call());
          if (event.call().made().pool() == Pool.ORG) {
            plainBusy--;
          } else {
            searchBusy--;
          }
        }
        case STRANGER -> {
          freeSeconds += metered(searchers > 0 ? Pool.SEARCH : Pool.ORG).free(now);
          for (long n = strangers.applyAsLong(now / SECOND); n > 0; n--) {
            if (org.draw(now)) {
              lastStranger = now;
            }
          }
          events.add(new Event(now + SECOND, STRANGER, null));
        }
        default -> {}
      }
    }
  }

  private void send(Pool pool) {
    longestWait = Math.max(longestWait, now - lastGo);
    lastGo = now;
    (pool == Pool.ORG ? sentPlain : sentSearch).add(now);
    long there = 1 + (long) (random.nextDouble() * latency);
    long back = 1 + (long) (random.nextDouble() * latency);
    Call call =
        new Call(
            new Budget.Call(pool, now),
            now + there + back,
            new int[1],
            new RateLimit[1],
            new long[] {lastWord, 0});

    events.add(new Event(now + there, ARRIVES, call));
    events.add(new Event(call.answerAt(), ANSWERED, call));
  }

  /** The pool that runs dry first. */
  private MeteredServer metered(Pool pool) {
    return pool == Pool.SEARCH && search != null ? search : org;
  }

  /**
   * Calls made, of those that were free: what stood above the reserve when a fixed window ended
   * went unused, in a sliding one what stood free on average for a minute.
   */
  double used(Pool pool) {
    MeteredServer server = metered(pool);
    int made = pool == Pool.SEARCH ? letSearches : let;
    double unused = server.slides() ? freeSeconds / 60 : server.leftOver;
    return made / (made + unused);
  }

  private void arrive(Call call) {
    boolean intrudes = org.remaining(now) <= reserve;
    MeteredServer spokesman = org;
    boolean ok = true;
    if (call.made().pool() == Pool.SEARCH) {
      ok = search.draw(now);
      RateLimit own = search.told(now);
      spokesman = ok && own.equals(RateLimit.UNKNOWN) ? org : search;
    }
    if (ok && !org.draw(now)) {
      ok = false;
      spokesman = org;
    }
    if (ok) {
      let++;
      letSearches += call.made().pool() == Pool.SEARCH ? 1 : 0;
      intrusions += intrudes ? 1 : 0;
    } else {
      refused++;
      avoidable += call.known()[0] > lastStranger ? 1 : 0;
    }
    call.status()[0] = ok ? 200 : 429;
    call.told()[0] = spokesman.told(now);
    call.known()[1] = now;
  }

  private void answer(Call call) {
    lastWord = Math.max(lastWord, call.known()[1]);
    if (random.nextDouble() < failures) {
      budget.failed(call.made());
    } else {
      budget.answered(call.made(), call.status()[0], call.told()[0]);
    }
  }

  long longestWaitSeconds() {
    return longestWait / SECOND;
  }
}
