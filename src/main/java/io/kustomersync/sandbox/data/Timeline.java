package io.kustomersync.sandbox.data;

import io.kustomersync.sandbox.options.SandboxOptions;

/**
 * When the records that exist from the start were made and last changed, as functions of their
 * ordinal: {@code updatedAt} never falls as the ordinal grows, so a time is found by bisection and
 * nothing is stored. Times are epoch milliseconds. Immutable.
 */
final class Timeline {
  private static final long THREE_YEARS = 3 * 365 * 86_400_000L;

  private final long seed;
  private final int size;
  private final long from;
  private final long span;
  private final int tieFirst;
  private final int tieEnd;
  private final boolean tieSameCreatedAt;

  Timeline(long seed, int size, long from, long to, SandboxOptions.Ties ties) {
    this.seed = seed;
    this.size = size;
    this.from = from;
    this.span = to - from;
    int tied = Math.min(ties.count(), size);
    this.tieFirst = (size - tied) / 2;
    this.tieEnd = tieFirst + tied;
    this.tieSameCreatedAt = ties.sameCreatedAt();
  }

  int size() {
    return size;
  }

  long updatedAt(int ordinal) {
    int i = isTied(ordinal) ? tieFirst : ordinal;
    long start = position(i);
    long room = position(i + 1) - start;
    return from + start + (room > 1 ? Math.floorMod(Noise.of(seed, i), room) : 0);
  }

  /** The id's own second: before {@code updatedAt}, and never falls either. */
  long bornAt(int ordinal) {
    return from + (updatedAt(ordinal) - from) / 10 * 9;
  }

  /** Mostly the id's second; one in forty was imported and is years older than its id. */
  long createdAt(int ordinal) {
    long born = bornAt(ordinal);
    if (isTied(ordinal) && tieSameCreatedAt) {
      return born;
    }
    long noise = Noise.of(seed ^ 77, ordinal);
    long jitter = Noise.below(noise, 999);
    return isImported(ordinal)
        ? born - THREE_YEARS - Noise.below(noise, 1_000_000_000)
        : born + jitter;
  }

  boolean isImported(int ordinal) {
    return ordinal < size && Noise.below(Noise.of(seed ^ 78, ordinal), 40) == 0;
  }

  /** The first ordinal at or after that time; {@link #size} when there is none. */
  int firstAtOrAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (updatedAt(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isTied(int ordinal) {
    return ordinal >= tieFirst && ordinal < tieEnd;
  }

  private long position(long ordinal) {
    return (long) ((double) span / Math.max(1, size) * ordinal);
  }
}
