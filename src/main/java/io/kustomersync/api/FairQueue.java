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
final class FairQueue {

  /** How long a table's calls speak for it. */
  private static final long MEMORY = 2 * QuotaWindow.WINDOW;

  /** How much faster than evenly: what others left unused has to be caught up with. */
  private static final double HURRY = 1.1;

  /** Compared by identity: one caller's place in the queue. */
  static final class Ticket {
    final Pool pool;
    final String table;

    Ticket(Pool pool, String table) {
      this.pool = pool;
      this.table = table;
    }
  }

  private final List<Ticket> waiting = new ArrayList<>();
  private final Map<String, Long> lastServed = new HashMap<>();
  private final Map<Pool, Map<String, Deque<Long>>> calls = new EnumMap<>(Pool.class);
  private final Map<Pool, Long> lastOfMany = new EnumMap<>(Pool.class);
  private long served;

  void join(Ticket ticket) {
    waiting.add(ticket);
  }

  void leave(Ticket ticket) {
    waiting.remove(ticket);
  }

  /** Those that go before it, wherever they are in the queue. */
  List<Ticket> before(Ticket ticket) {
    List<Ticket> earlier = new ArrayList<>();
    boolean passed = false;
    for (Ticket other : waiting) {
      passed |= other == ticket;
      int order = Long.compare(lastServed(other), lastServed(ticket));
      if (other != ticket && (order < 0 || order == 0 && !passed)) {
        earlier.add(other);
      }
    }
    return earlier;
  }

  private long lastServed(Ticket ticket) {
    return lastServed.getOrDefault(ticket.table, -1L);
  }

  void served(Ticket ticket, int own, long now) {
    lastServed.put(ticket.table, served++);
    if (takesMany(ticket, own, now)) {
      lastOfMany.put(ticket.pool, now);
    }
    of(ticket.pool).computeIfAbsent(ticket.table, name -> new ArrayDeque<>()).addLast(now);
  }

  /**
   * @param own calls a minute of this pool that are ours
   * @return 0, or how long this table has to leave the pool to the others
   */
  long pauseNanos(Ticket ticket, int own, long now) {
    if (!lastOfMany.containsKey(ticket.pool) || !takesMany(ticket, own, now)) {
      return 0;
    }
    int others = 0;
    for (Deque<Long> few : of(ticket.pool).values()) {
      others += few.size() > part(ticket.pool, own) ? 0 : few.size();
    }
    double rest = Math.max(own / 10.0, own - others / 2.0);
    long gap = (long) (TimeUnit.SECONDS.toNanos(60) / (HURRY * rest));
    return Math.max(0, lastOfMany.get(ticket.pool) + gap - now);
  }

  /** Whether this table searched lately. */
  boolean searches(String table, long now) {
    Deque<Long> times = of(Pool.SEARCH).getOrDefault(table, new ArrayDeque<>());
    forget(times, now);
    return !times.isEmpty();
  }

  private boolean takesMany(Ticket ticket, int own, long now) {
    Map<String, Deque<Long>> all = of(ticket.pool);
    all.values().forEach(times -> forget(times, now));
    all.values().removeIf(Deque::isEmpty);
    return all.size() > 1
        && all.containsKey(ticket.table)
        && all.get(ticket.table).size() > part(ticket.pool, own);
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
