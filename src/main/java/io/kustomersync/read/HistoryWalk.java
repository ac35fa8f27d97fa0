package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import java.util.OptionalInt;

/**
 * Reads a list whose order is by id, from its last page down to its first. A list can't be filtered
 * by time and its pages shift when a record is deleted: read upwards, a row would slip past; read
 * downwards, it comes twice at worst, and what is added meanwhile stands behind and is found by
 * search. The last page is found by doubling, then halving. Not thread-safe.
 *
 * <p>That lists are in order of id is likely, not stated (kustomer-api.md §2.4).
 */
final class HistoryWalk {

  /** The most that lists give (kustomer-api.md §2.1). */
  static final int PAGE_SIZE = 100;

  private final String path;
  private int low = 0;
  private int high = Integer.MAX_VALUE;
  private int page;
  private boolean found;

  /**
   * @param page the page to go on with; empty to look for the last one
   */
  HistoryWalk(String path, OptionalInt page) {
    this.path = path;
    this.found = page.isPresent();
    this.page = page.orElse(1);
  }

  boolean done() {
    return found && page < 1;
  }

  /** The page to read next once the last one is known; empty while it is looked for. */
  OptionalInt page() {
    return found ? OptionalInt.of(page) : OptionalInt.empty();
  }

  ApiRequest next() {
    return ApiRequest.get(path, "page=" + page + "&pageSize=" + PAGE_SIZE);
  }

  void accept(Page answer) {
    if (found) {
      page--;
    } else {
      narrow(answer.records().isEmpty());
    }
  }

  /** {@code low} is the highest page seen with records, {@code high} the lowest without. */
  private void narrow(boolean empty) {
    if (empty) {
      high = page;
    } else {
      low = page;
    }
    if (high - low <= 1) {
      found = true;
      page = low;
    } else if (high == Integer.MAX_VALUE) {
      page = page > Integer.MAX_VALUE / 4 ? page + 1 : page * 2;
    } else {
      page = low + (high - low) / 2;
    }
  }
}
