package io.kustomersync.api;

import java.util.concurrent.TimeUnit;

/**
 * How the server gives used calls back, which nobody states: all at once at the end of a fixed
 * minute, or each by itself a minute after it was made. Learned from what it says remains, by
 * proof, not by guess: two rises less than a minute apart can't be two ends of a minute, and more
 * remaining than our own calls of the last minute leave can't be a minute that slides. The latest
 * proof holds. Times are ticks. Not thread-safe: {@link Budget} holds the lock.
 */
final class Renewal {

  enum Kind {
    UNKNOWN,
    FIXED,
    SLIDING
  }

  static final long MINUTE = TimeUnit.SECONDS.toNanos(60);
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

  private Kind kind = Kind.UNKNOWN;

  /**
   * The last of the words that do not overlap in time: each was sent for when the one before came.
   */
  private boolean heard;

  private long sent;
  private long answered;
  private int told;

  /** Some of what remains came back after this, at the last rise. */
  private boolean rose;

  private long roseAfter;

  /** One of the ends of a fixed minute was after {@code low} and not after {@code high}. */
  private boolean located;

  private long low;
  private long high;

  Kind kind() {
    return kind;
  }

  /** Whether a word that was asked for then can be compared, and says more than the last one. */
  boolean rises(long sentAt, int remaining) {
    return heard && sentAt >= answered && remaining > told;
  }

  /**
   * @param sentAt not after the call was sent
   * @param ours our own calls that a sliding minute would still count, this one included
   */
  void word(long sentAt, long now, int remaining, int limit, int ours) {
    if (rises(sentAt, remaining)) {
      if (remaining > limit - ours) {
        kind = Kind.FIXED;
      } else if (rose && now - roseAfter < MINUTE - SLACK) {
        kind = Kind.SLIDING;
        located = false;
      }
      rose = true;
      roseAfter = sent;
      if (kind == Kind.FIXED) {
        locate(sent, now);
      }
    }
    if (!heard || sentAt >= answered) {
      heard = true;
      sent = sentAt;
      answered = now;
      told = remaining;
    }
  }

  private void locate(long after, long until) {
    if (located) {
      long minutes = Math.round((after - low) / (double) MINUTE);
      low = Math.max(low + minutes * MINUTE, after);
      high = Math.min(high + minutes * MINUTE, until);
    }
    if (!located || low >= high) {
      low = after;
      high = until;
    }
    located = true;
  }

  /** Whether the ends of the server's minutes are known. */
  boolean knowsEnds() {
    return kind == Kind.FIXED && located;
  }

  /** When the next end of a minute is surely over. */
  long nextEnd(long now) {
    long minutes = Math.floorDiv(now - high, MINUTE) + 1;
    return high + minutes * MINUTE + SLACK;
  }
}
