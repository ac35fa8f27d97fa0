package io.kustomersync.read;

import io.kustomersync.read.Stretch.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How large the stretches are that search counts: small enough that one deleted record does not
 * spoil much, and that a server which counts to 10,000 only counts right; large enough that
 * counting costs little beside reading. Not thread-safe.
 *
 * <p>Of a stretch that is too large one half is counted. The other holds at most what is left of
 * the whole: what has left it since was counted with it.
 */
final class Counting {

  /** Pages of the largest stretch. */
  static final int MOST_PAGES = 10;

  private static final int STEP = 8;

  private final long most;
  private final long wanted;
  private double width;

  /**
   * @param records in the whole span, about
   */
  Counting(int pageSize, Instant from, Instant end, long records) {
    this.most = (long) MOST_PAGES * pageSize;
    this.wanted = most * 3 / 4;
    this.width = Duration.between(from, end).toMillis() * (double) wanted / records;
  }

  /** The next to be counted. */
  Stretch next(Instant from, Instant end) {
    double left = Duration.between(from, end).toMillis();
    // no crumb is left behind
    Instant to = width * 1.25 >= left ? end : from.plusMillis(Math.max(1, (long) width));
    return new Stretch(from, to);
  }

  /**
   * Takes a count. Those that are to be counted next are in state ASKED and know their rest.
   *
   * @param now when it was taken
   * @return the stretch and what it was parted into
   */
  List<Stretch> accept(Stretch stretch, long total, long now) {
    Stretch rest = stretch.rest;
    List<Stretch> parts = new ArrayList<>();
    if (rest == null) {
      double of = Duration.between(stretch.from, stretch.to).toMillis();
      width = Math.min(STEP * of, of * wanted / Math.max(1, total));
    } else {
      stretch.rest = null;
      // more in a half than in both: something came late, and what it counts proves nothing
      settle(rest, stretch.total - total, now, parts);
    }
    settle(stretch, total, now, parts);
    return parts;
  }

  private void settle(Stretch stretch, long total, long now, List<Stretch> parts) {
    stretch.total = Math.max(0, total);
    stretch.countedAt = now;
    parts.add(stretch);
    Duration length = Duration.between(stretch.from, stretch.to);
    if (total < 0) {
      stretch.state = State.LEFT;
    } else if (total == 0) {
      stretch.state = State.DONE;
    } else if (total <= most) {
      stretch.state = State.COUNTED;
    } else if (length.toMillis() <= 1) {
      stretch.state = State.LEFT;
    } else {
      Instant middle = stretch.from.plus(length.dividedBy(2)).truncatedTo(ChronoUnit.MILLIS);
      stretch.rest = new Stretch(middle, stretch.to);
      stretch.to = middle;
      stretch.state = State.ASKED;
      parts.add(stretch.rest);
    }
  }
}
