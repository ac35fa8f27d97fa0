package io.kustomersync.api;

import io.kustomersync.api.FairQueue.Ticket;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one gate before Kustomer: lets a call through when both the company's limit and the one for
 * searches allow it, leaves the others their share, and waits rather than draw a 429
 * (kustomer-api.md §6). Until the server has said otherwise, the limits are those of the smallest
 * plan. Thread-safe; the tables take turns, save that plain calls pass searches which wait for the
 * search limit alone. A table that uses both pools leaves searches their room in the org's: there
 * are many plain calls to one search, and a search brings more.
 *
 * <p>Every {@link #acquire} is followed by one {@link #answered} or {@link #failed}.
 */
public final class Budget implements AutoCloseable {

  /** 300 a minute: the smallest plan of kustomer-api.md §6. */
  public static final int ASSUMED_ORG_LIMIT = 300;

  /** 100 a minute for machine users. */
  public static final int SEARCH_LIMIT = 100;

  private static final long OTHERS_FIRST = TimeUnit.SECONDS.toNanos(1);

  /** Time that only moves forward, whatever happens to the clock on the wall. */
  public interface Ticks {
    /** The JVM's own. */
    Ticks SYSTEM =
        new Ticks() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void await(Condition changed, long nanos) throws InterruptedException {
            changed.awaitNanos(nanos);
          }
        };

    long nanos();

    /** Waits until signalled, or that long; the condition's lock is held. May return early. */
    void await(Condition changed, long nanos) throws InterruptedException;
  }

  /**
   * A call that was let through.
   *
   * @param sentAt in ticks
   */
  public record Call(Pool pool, long sentAt) {}

  /** The budget was closed while a call waited for its turn, or before. */
  public static final class Closed extends RuntimeException {
    Closed() {
      super("stopped while waiting for Kustomer's rate limit");
    }
  }

  /**
   * For logs and status.
   *
   * @param limit of everyone together, a minute
   * @param used by us, in the last minute
   * @param remaining for everyone, as last told
   */
  public record Allowed(int limit, int used, OptionalInt remaining) {}

  /**
   * @param calls since the start, of both kinds
   */
  public record Snapshot(Allowed org, Allowed search, long calls) {}

  private final Ticks ticks;
  private final QuotaWindow org;
  private final QuotaWindow search;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final FairQueue queue = new FairQueue();
  private OptionalInt orgLimit = OptionalInt.empty(); // as plain calls told it
  private long latest;
  private long calls;
  private boolean closed;

  /**
   * @param share of each limit that may be used, over 0 and at most 1
   */
  public Budget(double share) {
    this(share, Ticks.SYSTEM);
  }

  public Budget(double share, Ticks ticks) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "kustomer.budget.share is " + share + "; it must be over 0 and at most 1, e.g. 0.8");
    }
    this.ticks = ticks;
    this.org = new QuotaWindow(ASSUMED_ORG_LIMIT, share);
    this.search = new QuotaWindow(SEARCH_LIMIT, share);
    this.latest = ticks.nanos();
  }

  /**
   * Waits until a call may be made, two minutes at most unless others wait before.
   *
   * @param table on whose behalf; tables take turns
   * @throws Closed when the budget is closed
   */
  public Call acquire(Pool pool, String table) throws InterruptedException {
    lock.lockInterruptibly();
    Ticket ticket = new Ticket(pool, table);
    try {
      queue.join(ticket);
      for (long wait = waitNanos(ticket); wait > 0; wait = waitNanos(ticket)) {
        ticks.await(changed, wait);
        if (Thread.interrupted()) {
          throw new InterruptedException(); // signalled and interrupted at once
        }
      }
      return take(ticket);
    } finally {
      queue.leave(ticket);
      changed.signalAll();
      lock.unlock();
    }
  }

  /**
   * An answer came, of whatever status.
   *
   * @param told the answer's headers
   */
  public void answered(Call call, int status, RateLimit told) {
    lock.lock();
    try {
      Pool pool = call.pool();
      long now = now();
      // Refused though calls remain: they remain of the other pool.
      boolean mistaken =
          status == 429
              && pool == Pool.SEARCH
              && told.remaining().orElse(0) > 0
              && !tellsOfOrg(told);
      if ((pool == Pool.ORG || mistaken) && told.limit().isPresent()) {
        orgLimit = told.limit();
      }
      boolean ofOrg = pool == Pool.ORG || tellsOfOrg(told);
      boolean let = status >= 200 && status < 500 && status != 429;
      org.ended(call.sentAt(), now, let, ofOrg ? told : RateLimit.UNKNOWN);
      if (pool == Pool.SEARCH) {
        // Without a limit nobody knows which pool it speaks of.
        boolean ofSearch = !ofOrg && told.limit().isPresent();
        RateLimit silent = mistaken ? RateLimit.ofLimit(SEARCH_LIMIT) : RateLimit.UNKNOWN;
        search.ended(call.sentAt(), now, let, ofSearch ? told : silent);
      }
      if (status == 429) {
        boolean orgIsEmpty = ofOrg && told.remaining().equals(OptionalInt.of(0));
        (pool == Pool.ORG || orgIsEmpty ? org : search).exhausted(now, told);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No answer came; the call may have been counted all the same. */
  public void failed(Call call) {
    answered(call, 0, RateLimit.UNKNOWN);
  }

  public Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(allowed(org), allowed(search), calls);
    } finally {
      lock.unlock();
    }
  }

  public long calls() {
    return snapshot().calls();
  }

  /** Sends all who wait away, for good. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place in the queue, without waiting. */
  void join(Ticket ticket) {
    lock.lock();
    try {
      queue.join(ticket);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return 0 when the call was let through, and has left the queue; else how long to wait, at most
   */
  long tryAcquire(Ticket ticket) {
    lock.lock();
    try {
      long wait = waitNanos(ticket);
      if (wait == 0) {
        take(ticket);
        queue.leave(ticket);
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  private Call take(Ticket ticket) {
    long now = now();
    calls++;
    org.take(now);
    if (ticket.pool == Pool.SEARCH) {
      search.take(now);
    }
    queue.served(ticket, own(ticket.pool), now);
    return new Call(ticket.pool, now);
  }

  private int own(Pool pool) {
    return (pool == Pool.SEARCH ? search : org).own();
  }

  private long waitNanos(Ticket ticket) {
    if (closed) {
      throw new Closed();
    }
    long now = now();
    long orgWait = org.waitNanos(now);
    if (orgWait > 0) {
      return orgWait;
    }
    long searchWait = search.waitNanos(now);
    if (ticket.pool == Pool.SEARCH && searchWait > 0) {
      return searchWait;
    }
    long pause = queue.pauseNanos(ticket, own(ticket.pool), now);
    if (pause > 0) {
      return pause;
    }
    if (leavesRoom(ticket, now)) {
      return Math.min(OTHERS_FIRST, org.returnNanos(now));
    }
    for (Ticket earlier : queue.before(ticket)) {
      boolean canGo = earlier.pool == Pool.ORG ? !leavesRoom(earlier, now) : searchWait == 0;
      if (canGo && queue.pauseNanos(earlier, own(earlier.pool), now) == 0) {
        return OTHERS_FIRST; // it can go, and tells us when it has
      }
    }
    return 0;
  }

  /** Whether it is a plain call for whose table there may be searches, and they need the room. */
  private boolean leavesRoom(Ticket ticket, long now) {
    return ticket.pool == Pool.ORG
        && queue.searches(ticket.table, now)
        && org.room(now) <= Math.min(search.room(now), org.own() / 2);
  }

  /**
   * The headers of a search may speak of either pool; only the size of the limit tells. What
   * searches are allowed is less than what all calls are.
   */
  private boolean tellsOfOrg(RateLimit told) {
    return told.limit().orElse(0) >= orgLimit.orElse(SEARCH_LIMIT + 1);
  }

  private Allowed allowed(QuotaWindow pool) {
    return new Allowed(pool.limit(), pool.used(now()), pool.remaining());
  }

  private long now() {
    latest = Math.max(latest, ticks.nanos());
    return latest;
  }
}
