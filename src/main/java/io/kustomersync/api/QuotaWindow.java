package io.kustomersync.api;

import io.kustomersync.api.Renewal.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * One pool of calls, metered per 60 s by the server, in windows of unknown kind and phase
 * (kustomer-api.md §6). Times are ticks: nanoseconds that only grow. Not thread-safe: {@link
 * Budget} holds the lock.
 *
 * <p>Two bounds hold at once. <em>Ours:</em> a call in flight, or done less than a window ago, may
 * still be counted, and there are never more of those than our share; so no window of the server,
 * fixed or sliding, sees more. <em>Everyone's:</em> what the server said remains, less what it may
 * not have counted yet, stays above the others' share. When that word is too old to be true, one
 * call goes ahead alone and fetches a new one.
 */
final class QuotaWindow {

  static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(60_250); // 60 s, and for unequal clocks
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long RESERVE_PAUSE = TimeUnit.SECONDS.toNanos(6);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(60);
  // Who waits for a call's end has waited long enough; an answer may come all the same, see ended.
  private static final long LOST = TimeUnit.SECONDS.toNanos(120);

  private final double share;
  private int limit;

  private final Deque<Long> inFlight = new ArrayDeque<>(); // when sent
  private final Deque<Past> done = new ArrayDeque<>(); // answered less than a window ago
  private final Renewal renewal = new Renewal();

  /**
   * @param counted whether the server let it through, so that it surely counts it
   * @param lost whether nobody said how it ended, {@link #LOST} after it was sent
   */
  private record Past(long sent, long answered, boolean counted, boolean lost) {}

  /** Whether drawing is free, or one call has to find out first. */
  private boolean probing = true;

  private OptionalInt remaining = OptionalInt.empty();
  private int uncounted; // of our calls, those that remaining may not know of
  private int returned; // of our calls that it knew of, those that a sliding window let go since
  private long heardAt; // when remaining came
  private long windowEnd; // when remaining is void at the latest
  private long nextProbe; // when to ask again though nothing remains
  private long closedUntil = Long.MIN_VALUE;
  private long pause = FIRST_PAUSE;

  QuotaWindow(int assumedLimit, double share) {
    this.limit = assumedLimit;
    this.share = share;
  }

  int limit() {
    return limit;
  }

  int used(long now) {
    forget(now);
    return inFlight.size() + done.size();
  }

  OptionalInt remaining() {
    return remaining;
  }

  /** Our share in whole calls; at least one, or nothing would ever be read. */
  int own() {
    // 0.29 * 100 is 28.999…: a hair is added before cutting.
    return Math.max(1, (int) Math.floor(limit * share + 1e-6));
  }

  /**
   * @return 0 when a call may go now; else when to look again, at the latest
   */
  long waitNanos(long now) {
    forget(now);
    if (now < closedUntil) {
      return closedUntil - now;
    }
    if (inFlight.size() + done.size() >= own()) {
      return done.isEmpty() ? untilLost(now) : firstReturn() - now;
    }
    if (remaining.isPresent() && now >= windowEnd) {
      probing = true;
      remaining = OptionalInt.empty();
    }
    if (probing) {
      return inFlight.isEmpty() ? 0 : untilLost(now);
    }
    if (remaining.isEmpty() || spare() > 0) {
      return 0;
    }
    if (now < nextProbe) {
      boolean returns = renewal.kind() == Kind.SLIDING && !done.isEmpty();
      return (returns ? Math.min(nextProbe, firstReturn()) : nextProbe) - now;
    }
    return inFlight.isEmpty() ? 0 : untilLost(now);
  }

  /** Calls that are free now, as far as is known. */
  int room(long now) {
    int ours = own() - used(now);
    return remaining.isPresent() ? Math.min(ours, spare()) : ours;
  }

  /** Until one of our calls surely no longer counts. */
  long returnNanos(long now) {
    forget(now);
    return done.isEmpty() ? WINDOW : firstReturn() - now;
  }

  void take(long now) {
    inFlight.addLast(now);
    uncounted++;
  }

  /**
   * A call of this pool ended, and what was said of this pool.
   *
   * @param sent when it was taken
   * @param let whether the server let the call through, rather than failed or refused it by 429
   * @param word {@link RateLimit#UNKNOWN} when nothing was said
   */
  void ended(long sent, long now, boolean let, RateLimit word) {
    if (!inFlight.remove(sent)) {
      // given up, and here it is; another may have been sent in the same tick
      done.stream()
          .filter(past -> past.sent() == sent && past.lost())
          .findFirst()
          .ifPresent(done::remove);
    }
    done.addLast(new Past(sent, now, let, false));
    forget(now);
    word.limit().ifPresent(told -> limit = told);
    if (now < closedUntil) {
      return; // it was on its way before the 429
    }
    if (word.remaining().isPresent() && word.remaining().getAsInt() <= limit) {
      heard(word, sent, now);
    } else if (let && remaining.isEmpty()) {
      // A server that says nothing: our own count has to do.
      probing = false;
      pause = FIRST_PAUSE;
    }
  }

  /** A 429 for this pool. */
  void exhausted(long now, RateLimit word) {
    long wait =
        word.retryAfter().map(d -> d.toNanos() + SLACK).orElseGet(() -> untilRenewed(now, word));
    if (word.remaining().equals(OptionalInt.of(0)) && awaitsReturns()) {
      // Nothing is left, and when some of ours comes back is known.
      nextProbe = Math.max(nextProbe, now + longestPause());
      return;
    }
    boolean another = now < closedUntil; // of several that were on their way
    // A reset that is always just about to be must not make us knock every second.
    closedUntil = Math.max(closedUntil, now + Math.min(Math.max(wait, pause), LOST));
    if (!another) {
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    probing = true;
    remaining = OptionalInt.empty();
  }

  /** Whether the window slides and holds calls of ours, which it will let go one by one. */
  private boolean awaitsReturns() {
    return renewal.kind() == Kind.SLIDING && done.stream().anyMatch(Past::counted);
  }

  /** Asking whether anything came back may cost a call of the reserve, or a 429 where none is. */
  private long longestPause() {
    return own() < limit ? RESERVE_PAUSE : LONGEST_PAUSE;
  }

  private long untilRenewed(long now, RateLimit word) {
    if (renewal.kind() == Kind.SLIDING) {
      return done.isEmpty() ? pause : firstReturn() - now;
    }
    if (word.untilReset().isPresent()) {
      return word.untilReset().get().toNanos() + SLACK;
    }
    return renewal.knowsEnds() ? renewal.nextEnd(now) - now : WINDOW;
  }

  private void heard(RateLimit word, long sent, long now) {
    int told = word.remaining().getAsInt();
    renewal.word(sent, now, told, limit, renewal.rises(sent, told) ? stillCounted(sent, now) : 0);
    boolean news = remaining.isEmpty() || sent >= heardAt;
    boolean leap = remaining.isPresent() && told - remaining.getAsInt() > disorder();
    boolean rolled = remaining.isEmpty() || leap && renewal.kind() == Kind.UNKNOWN;
    if (!news && !rolled && told >= remaining.getAsInt()) {
      // Overtaken by a later word, which has counted this call too.
      uncounted = Math.max(0, uncounted - 1);
      return;
    }
    remaining = OptionalInt.of(told);
    uncounted = inFlight.size();
    returned = 0;
    heardAt = now;
    probing = false;
    if (rolled || renewal.kind() == Kind.SLIDING) {
      windowEnd = sent + WINDOW;
    }
    word.untilReset().ifPresent(d -> windowEnd = Math.min(windowEnd, now + d.toNanos() + SLACK));
    if (renewal.knowsEnds()) {
      windowEnd = renewal.nextEnd(sent); // over by now if the word may be of the minute before
    }
    if (spare() > 0) {
      pause = FIRST_PAUSE;
      nextProbe = windowEnd;
      return;
    }
    if (renewal.knowsEnds()) {
      nextProbe = windowEnd;
      return;
    }
    if (awaitsReturns()) {
      nextProbe = now + longestPause();
      return;
    }
    // As long as it is not known how calls come back, one of ours that a sliding window would have
    // let go is a reason to ask, ever more rarely.
    long leaves = firstReturn();
    windowEnd = Math.max(windowEnd, now + pause);
    nextProbe = Math.min(windowEnd, Math.max(leaves, now + pause));
    if (inFlight.isEmpty()) {
      pause = Math.max(pause, Math.min(2 * pause, longestPause()));
    }
  }

  /** How much more an overtaken answer may say than a later one of the same window. */
  private int disorder() {
    return Math.max(inFlight.size() + 1, limit / 20);
  }

  private int spare() {
    return remaining.getAsInt() - uncounted + returned - (limit - own());
  }

  /** When our oldest call is surely out of a sliding window. */
  private long firstReturn() {
    return done.peekFirst().answered() + WINDOW;
  }

  /** Our calls that a window of 60 s which slides must count in an answer to a call sent then. */
  private int stillCounted(long sent, long now) {
    int ours = 1;
    for (Past past : done) {
      if (past.counted() && past.answered() <= sent && past.sent() > now - Renewal.MINUTE) {
        ours++;
      }
    }
    return ours;
  }

  private long untilLost(long now) {
    return Math.max(1, inFlight.peekFirst() + LOST - now);
  }

  private void forget(long now) {
    while (!inFlight.isEmpty() && inFlight.peekFirst() + LOST <= now) {
      long sent = inFlight.pollFirst();
      done.addLast(new Past(sent, now, false, true));
    }
    while (!done.isEmpty() && firstReturn() <= now) {
      Past past = done.pollFirst();
      if (renewal.kind() == Kind.SLIDING
          && past.counted()
          && past.sent() + Renewal.MINUTE > heardAt
          && past.answered() <= heardAt) {
        returned++;
      }
    }
  }
}
