package io.kustomersync.route;

/**
 * What the answers under way may take in memory together, those of all polls: pages of wide records
 * are many times as large as others, and a heap full of them ends the process. Thread-safe.
 */
final class PrefetchBudget {

  /**
   * A page in hand takes some ten times the length of its records' text (50 MB at 4.8 million
   * characters in 400 columns): as text, as trees while rows are made, as rows, and as what is
   * written of them. So what was asked ahead takes at most five eighths of the heap.
   */
  private static final int PART_OF_HEAP = 16;

  private final long most;
  private long taken;

  /**
   * @param most length of the records' text, in characters
   */
  PrefetchBudget(long most) {
    this.most = most;
  }

  static PrefetchBudget ofThisProcess() {
    return new PrefetchBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** Takes so much if it is there. */
  synchronized boolean take(long length) {
    if (taken + length > most) {
      return false;
    }
    taken += length;
    return true;
  }

  /** Takes so much, there or not: for what a poll can't go on without. */
  synchronized void takeAnyway(long length) {
    taken += length;
  }

  synchronized void giveBack(long length) {
    taken -= length;
  }
}
