package io.kustomersync.read;

/**
 * Finds the last page of those that lie before something, in a list that does not tell it: by
 * doubling, then halving. Not thread-safe.
 */
final class LastPage {
  private int low; // the highest page seen that lies before
  private int high = Integer.MAX_VALUE; // the lowest that does not
  private int next = 1;

  /** The page to look at now. */
  int next() {
    return next;
  }

  boolean found() {
    return high - low <= 1;
  }

  /** Once found: the last page that lies before; 0 if none does. */
  int last() {
    return low;
  }

  /** Whether pages go on beyond any that a list can have. */
  boolean endless() {
    return low > Integer.MAX_VALUE / 4;
  }

  /**
   * @param before whether this page lies before what is looked for
   */
  void saw(int page, boolean before) {
    low = before ? page : low;
    high = before ? high : page;
    if (high < Integer.MAX_VALUE) {
      next = low + (high - low) / 2;
    } else if (!endless()) {
      next = page * 2;
    }
  }
}
