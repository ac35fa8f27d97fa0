package io.kustomersync.api;

import static io.kustomersync.api.BudgetSimulation.SECOND;

import io.kustomersync.api.FairQueue.Ticket;
import io.kustomersync.api.MeteredServer.Headers;
import io.kustomersync.api.MeteredServer.Window;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.BackfillMode;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.read.TableReader;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Condition;

/**
 * How fast a first load goes through search alone and through both pools, in virtual time: the real
 * walk and the real budget against metered servers, with one deliverer. Run it for the table in
 * {@code docs/evidence/performance.md}.
 */
final class BackfillFigures {

  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final SearchTable MESSAGES =
      new SearchTable("messages", "message", "message", History.ARCHIVE, "/v1/messages");
  private static final double SHARE = 0.8;

  /** Of the sinks: for a page, and for a record of it. */
  private static final long FOR_A_PAGE = 5_000_000;

  private static final long FOR_A_RECORD = 100_000;

  /**
   * @param perMinute records a minute, from the first call to the last page
   * @param refused calls that drew a 429
   * @param longestWait of a small table's poll, in seconds, but for each one's first
   */
  record Figure(
      double perMinute, int searches, int lists, int refused, double longestWait, int delivered) {}

  private record Event(long at, Runnable what) {}

  private record Answer(ApiRequest asked, Page page) {}

  private final BigTable table;
  private final int records;
  private final BackfillMode backfill;
  private final int ahead;
  private final MeteredServer org;
  private final MeteredServer search;
  private final Budget budget;
  private final Random random = new Random(5);
  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
  private final List<Ticket> waiting = new ArrayList<>();
  private final List<Runnable> go = new ArrayList<>();
  private final Set<ApiRequest> asked = new HashSet<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Long> waits = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private TableReader walk;
  private boolean delivering;
  private long now;
  private int searches;
  private int lists;
  private int refused;
  private int twice;

  private BackfillFigures(
      BigTable table, int records, BackfillMode backfill, int orgLimit, int ahead, Window window) {
    this.table = table;
    this.records = records;
    this.backfill = backfill;
    this.ahead = ahead;
    this.org = new MeteredServer(orgLimit, window, Headers.WITHOUT_RESET, 17 * SECOND);
    this.search = new MeteredServer(100, window, Headers.WITHOUT_RESET, 41 * SECOND);
    this.budget =
        new Budget(
            SHARE,
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
   * @param small tables beside it that are polled each minute
   */
  static Figure measure(
      BigTable table,
      int records,
      BackfillMode backfill,
      int orgLimit,
      int ahead,
      Window window,
      int small) {
    return new BackfillFigures(table, records, backfill, orgLimit, ahead, window).run(small);
  }

  private Figure run(int small) {
    walk =
        TableReader.open(
            MESSAGES,
            Checkpoint.start("messages"),
            new ReadOptions(
                START,
                500,
                Duration.ofMinutes(5),
                ahead,
                backfill,
                new NextLink(URI.create("http://localhost:1"))),
            Clock.fixed(NOW, ZoneOffset.UTC));
    for (int i = 0; i < small; i++) {
      poll("small" + i, random.nextLong(60 * SECOND), true);
    }
    ask();
    while (!walk.done() || delivering) {
      long wait = letThrough();
      long event = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
      now = Math.min(event, wait == Long.MAX_VALUE ? wait : now + wait);
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.poll().what().run();
      }
    }
    double longest = waits.isEmpty() ? 0 : Collections.max(waits) / 1e9;
    if (twice > 0 || seen.size() != records) {
      throw new AssertionError(seen.size() + " of " + records + ", twice " + twice);
    }
    return new Figure(records / (now / 60e9), searches, lists, refused, longest, seen.size());
  }

  private long letThrough() {
    long wait = Long.MAX_VALUE;
    for (int i = 0; i < waiting.size(); ) {
      long mine = budget.tryAcquire(waiting.get(i));
      if (mine == 0) {
        waiting.remove(i);
        go.remove(i).run();
        i = 0;
        wait = Long.MAX_VALUE;
      } else {
        wait = Math.min(wait, mine);
        i++;
      }
    }
    return wait;
  }

  private void ask() {
    for (ApiRequest request : walk.plan()) {
      if (asked.add(request)) {
        ask(
            request.pool(),
            "big",
            () -> {
              searches += request.pool() == Pool.SEARCH ? 1 : 0;
              lists += request.pool() == Pool.ORG ? 1 : 0;
            },
            () -> {
              answers.add(new Answer(request, table.answer(request)));
              deliver();
            });
      }
    }
  }

  private void ask(Pool pool, String who, Runnable sent, Runnable answered) {
    Ticket ticket = new Ticket(pool, who);
    budget.join(ticket);
    waiting.add(ticket);
    go.add(
        () -> {
          sent.run();
          Budget.Call call = new Budget.Call(pool, now);
          long there = (long) (SECOND * (0.1 + 0.1 * random.nextDouble()));
          long back = there + (long) (SECOND * (0.1 + 0.1 * random.nextDouble()));
          events.add(
              new Event(
                  now + there,
                  () -> {
                    boolean let = (pool == Pool.ORG || search.draw(now)) && org.draw(now);
                    RateLimit told = org.told(now);
                    refused += let ? 0 : 1;
                    events.add(
                        new Event(
                            now + back - there,
                            () -> {
                              budget.answered(call, let ? 200 : 429, told);
                              answered.run();
                            }));
                  }));
        });
  }

  /** One page at a time, as the route does. */
  private void deliver() {
    if (delivering || answers.isEmpty()) {
      return;
    }
    delivering = true;
    Answer answer = answers.poll();
    asked.remove(answer.asked());
    Delivery delivery = walk.accept(answer.asked(), answer.page());
    delivery.records().forEach(record -> twice += seen.add(record.id()) ? 0 : 1);
    ask();
    long takes = FOR_A_PAGE + FOR_A_RECORD * delivery.records().size();
    events.add(
        new Event(
            now + takes,
            () -> {
              delivering = false;
              ask();
              deliver();
            }));
  }

  private void poll(String small, long at, boolean first) {
    events.add(
        new Event(
            at,
            () -> {
              long wanted = now;
              ask(
                  Pool.SEARCH,
                  small,
                  () -> {
                    if (!first) {
                      waits.add(now - wanted);
                    }
                  },
                  () -> poll(small, Math.max(now, wanted + 60 * SECOND), false));
            }));
  }

  public static void main(String[] arguments) {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000_000;
    PrintStream out = System.out;
    out.println(
        "| plan, calls a minute | window | deleted | search alone | both | searches | list pages | 429s | a small table waits at most |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    for (double deleted : new double[] {0, 0.0001, 0.01}) {
      BigTable table = new BigTable(records, START, NOW.minus(Duration.ofDays(3)), deleted, 3);
      for (Window window : Window.values()) {
        Optional<Figure> alone = Optional.empty();
        for (String plan :
            List.of("Enterprise 1000", "Ultimate 2000", "Business 500", "Professional 300")) {
          int limit = Integer.parseInt(plan.split(" ")[1]);
          Figure one =
              alone.orElse(measure(table, records, BackfillMode.SEARCH, limit, 3, window, 0));
          alone = Optional.of(one);
          Figure both = measure(table, records, BackfillMode.BOTH, limit, 3, window, 0);
          Figure among = measure(table, records, BackfillMode.BOTH, limit, 3, window, 10);
          out.println(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %s %% | %,.0f | %,.0f | %,d | %,d | %d | %.1f s |",
                  plan,
                  window.name().toLowerCase(Locale.ROOT),
                  deleted * 100,
                  one.perMinute(),
                  both.perMinute(),
                  both.searches(),
                  both.lists(),
                  both.refused() + among.refused(),
                  among.longestWait()));
        }
      }
    }
  }
}
