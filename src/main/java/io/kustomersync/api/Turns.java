package io.kustomersync.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who goes next of those who wait: the table that was served longest ago, so that one with many
 * calls waiting can't hold up the others. And who must not hurry: tables that take more than their
 * part of a pool spread their calls over the minute while others use it too, so that it is never
 * empty for long when a small table's poll comes. Times are ticks. Not thread-safe: {@link Budget}
 * holds the lock.
 */
final class Turns {

  /** How long a table's calls speak for it. */
  private static final long MEMORY = 2 * Allowance.WINDOW;

  /** How much faster than evenly: what others left unused has to be caught up with. */
  private static final double HURRY = 1.1;

  /** Compared by identity: one caller's place in the queue. */
  static final class Turn {
    final Pool pool;
    final String table;

    Turn(Pool pool, String table) {
      this.pool = pool;
      this.table = table;
    }
  }

  private final List<Turn> waiting = new ArrayList<>();
  private final Map<String, Long> lastServed = new HashMap<>();
  private final Map<Pool, Map<String, Deque<Long>>> calls = new EnumMap<>(Pool.class);
  private final Map<Pool, Long> lastOfMany = new EnumMap<>(Pool.class);
  private long served;

  void join(Turn turn) {
    waiting.add(turn);
  }

  void leave(Turn turn) {
    waiting.remove(turn);
  }

  /** Those that go before it, wherever they are in the queue. */
  List<Turn> before(Turn turn) {
    List<Turn> earlier = new ArrayList<>();
    boolean passed = false;
    for (Turn other : waiting) {
      passed |= other == turn;
      int order = Long.compare(lastServed(other), lastServed(turn));
      if (other != turn && (order < 0 || order == 0 && !passed)) {
        earlier.add(other);
      }
    }
    return earlier;
  }

  private long lastServed(Turn turn) {
    return lastServed.getOrDefault(turn.table, -1L);
  }

  void served(Turn turn, int own, long now) {
    lastServed.put(turn.table, served++);
    if (takesMany(turn, own, now)) {
      lastOfMany.put(turn.pool, now);
    }
    of(turn.pool).computeIfAbsent(turn.table, name -> new ArrayDeque<>()).addLast(now);
  }

  /**
   * @param own calls a minute of this pool that are ours
   * @return 0, or how long this table has to leave the pool to the others
   */
  long pauseNanos(Turn turn, int own, long now) {
    if (!lastOfMany.containsKey(turn.pool) || !takesMany(turn, own, now)) {
      return 0;
    }
    int others = 0;
    for (Deque<Long> few : of(turn.pool).values()) {
      others += few.size() > part(turn.pool, own) ? 0 : few.size();
    }
    double rest = Math.max(own / 10.0, own - others / 2.0);
    long gap = (long) (TimeUnit.SECONDS.toNanos(60) / (HURRY * rest));
    return Math.max(0, lastOfMany.get(turn.pool) + gap - now);
  }

  /** Whether this table searched lately. */
  boolean searches(String table, long now) {
    Deque<Long> times = of(Pool.SEARCH).getOrDefault(table, new ArrayDeque<>());
    forget(times, now);
    return !times.isEmpty();
  }

  private boolean takesMany(Turn turn, int own, long now) {
    Map<String, Deque<Long>> all = of(turn.pool);
    all.values().forEach(times -> forget(times, now));
    all.values().removeIf(Deque::isEmpty);
    return all.size() > 1
        && all.containsKey(turn.table)
        && all.get(turn.table).size() > part(turn.pool, own);
  }

  /** An equal part of the pool for each table that used it lately. */
  private double part(Pool pool, int own) {
    return 2.0 * own / Math.max(1, of(pool).size());
  }

  private Map<String, Deque<Long>> of(Pool pool) {
    return calls.computeIfAbsent(pool, any -> new HashMap<>());
  }

  private static void forget(Deque<Long> times, long now) {
    while (!times.isEmpty() && times.peekFirst() + MEMORY <= now) {
      times.pollFirst();
    }
  }
}
