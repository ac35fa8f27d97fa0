package io.kustomersync.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How large the windows are that search counts: small enough that one deleted record does not spoil
 * much, and that a server which counts to 10,000 only counts right; large enough that counting
 * costs little beside reading. Not thread-safe.
 *
 * <p>Of a window that is too large one half is counted. The other holds at most what is left of the
 * whole: what has left it since was counted with it.
 */
final class Counting {

  /** Pages of the largest window. */
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
  Window next(Instant from, Instant end) {
    double left = Duration.between(from, end).toMillis();
    // no crumb is left behind
    Instant to = width * 1.25 >= left ? end : from.plusMillis(Math.max(1, (long) width));
    return new Window(from, to);
  }

  /**
   * Takes a count. Those that are to be counted next are in state ASKED and know their rest.
   *
   * @param now when it was taken
   * @return the window and what it was parted into
   */
  List<Window> accept(Window window, long total, long now) {
    List<Window> parts = new ArrayList<>();
    if (window.wasParted()) {
      // more in a half than in both: something came late, and what it counts proves nothing
      settle(window.takeRest(), window.total() - total, now, parts);
    } else {
      double of = Duration.between(window.from(), window.to()).toMillis();
      width = Math.min(STEP * of, of * wanted / Math.max(1, total));
    }
    settle(window, total, now, parts);
    return parts;
  }

  private void settle(Window window, long total, long now, List<Window> parts) {
    parts.add(window);
    window.counted(total, now, most).ifPresent(parts::add);
  }
}
