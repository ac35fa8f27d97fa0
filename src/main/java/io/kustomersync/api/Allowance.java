package io.kustomersync.api;

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
final class Allowance {

  static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(60_250); // 60 s, and for unequal clocks
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(60);
  // No HTTP call takes this long: its caller forgot to say how it ended.
  private static final long LOST = TimeUnit.SECONDS.toNanos(120);

  private final double share;
  private int limit;

  private final Deque<Long> inFlight = new ArrayDeque<>(); // when sent
  private final Deque<Long> done = new ArrayDeque<>(); // when answered, less than a window ago

  /** Whether drawing is free, or one call has to find out first. */
  private boolean probing = true;

  private OptionalInt remaining = OptionalInt.empty();
  private int uncounted; // of our calls, those that remaining may not know of
  private long heardAt; // when remaining came
  private long windowEnd; // when remaining is void at the latest
  private long nextProbe; // when to ask again though nothing remains
  private long closedUntil = Long.MIN_VALUE;
  private long pause = FIRST_PAUSE;

  Allowance(int assumedLimit, double share) {
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
      return done.isEmpty() ? untilLost(now) : done.peekFirst() + WINDOW - now;
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
      return nextProbe - now;
    }
    return inFlight.isEmpty() ? 0 : untilLost(now);
  }

  void take(long now) {
    inFlight.addLast(now);
    uncounted++;
  }

  /**
   * A call of this pool ended, and what was said of this pool.
   *
   * @param let whether the server let the call through, rather than failed or refused it by 429
   * @param word {@link RateLimit#UNKNOWN} when nothing was said
   */
  void ended(long now, boolean let, RateLimit word) {
    // Answers may overtake each other; taking each for the oldest call errs on the careful side.
    long sent = inFlight.isEmpty() ? now : inFlight.pollFirst();
    done.addLast(now);
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
    long wait = word.retryAfter().or(word::untilReset).map(d -> d.toNanos() + SLACK).orElse(WINDOW);
    boolean another = now < closedUntil; // of several that were on their way
    // A reset that is always just about to be must not make us knock every second.
    closedUntil = Math.max(closedUntil, now + Math.min(Math.max(wait, pause), LOST));
    if (!another) {
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    probing = true;
    remaining = OptionalInt.empty();
  }

  private void heard(RateLimit word, long sent, long now) {
    int told = word.remaining().getAsInt();
    boolean news = remaining.isEmpty() || sent >= heardAt;
    boolean rolled = remaining.isEmpty() || told - remaining.getAsInt() > disorder();
    if (!news && !rolled && told >= remaining.getAsInt()) {
      // Overtaken by a later word, which has counted this call too.
      uncounted = Math.max(0, uncounted - 1);
      return;
    }
    remaining = OptionalInt.of(told);
    uncounted = inFlight.size();
    heardAt = now;
    probing = false;
    if (rolled) {
      windowEnd = sent + WINDOW;
    }
    word.untilReset().ifPresent(d -> windowEnd = Math.min(windowEnd, now + d.toNanos() + SLACK));
    if (spare() > 0) {
      pause = FIRST_PAUSE;
      nextProbe = windowEnd;
      return;
    }
    // In a sliding window more remains as our own calls leave it; in a fixed one all comes at its
    // end. Which of the two it is nobody says, so a call of ours that left is a reason to ask, ever
    // more rarely.
    long leaves = done.peekFirst() + WINDOW;
    windowEnd = Math.max(windowEnd, now + pause);
    nextProbe = Math.min(windowEnd, Math.max(leaves, now + pause));
    if (inFlight.isEmpty()) {
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** How much more an overtaken answer may say than a later one of the same window. */
  private int disorder() {
    return Math.max(inFlight.size() + 1, limit / 20);
  }

  private int spare() {
    return remaining.getAsInt() - uncounted - (limit - own());
  }

  private long untilLost(long now) {
    return Math.max(1, inFlight.peekFirst() + LOST - now);
  }

  private void forget(long now) {
    while (!inFlight.isEmpty() && inFlight.peekFirst() + LOST <= now) {
      inFlight.pollFirst();
      done.addLast(now);
    }
    while (!done.isEmpty() && done.peekFirst() + WINDOW <= now) {
      done.pollFirst();
    }
  }
}
