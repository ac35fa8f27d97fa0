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
final class HistoryReader {

  /** The most that lists give (kustomer-api.md §2.1). */
  static final int PAGE_SIZE = 100;

  private final String path;
  private final LastPage last = new LastPage();

  /** To be read next; empty while the last one is looked for. */
  private OptionalInt page;

  /**
   * @param page the page to go on with; empty to look for the last one
   */
  HistoryReader(String path, OptionalInt page) {
    this.path = path;
    this.page = page;
  }

  boolean done() {
    return page.isPresent() && page.getAsInt() < 1;
  }

  /** The page to read next once the last one is known; empty while it is looked for. */
  OptionalInt page() {
    return page;
  }

  ApiRequest next() {
    return ApiRequest.get(path, "page=" + page.orElse(last.next()) + "&pageSize=" + PAGE_SIZE);
  }

  /**
   * @throws ReadException when the list has no end
   */
  void accept(Page answer) {
    if (page.isPresent()) {
      page = OptionalInt.of(page.getAsInt() - 1);
      return;
    }
    last.saw(last.next(), !answer.records().isEmpty());
    if (last.endless()) {
      throw new ReadException(
          path
              + " has records on every page, up to "
              + last.last()
              + ": where it ends can't be found out; tell Kustomer's support");
    }
    if (last.found()) {
      page = OptionalInt.of(last.last());
    }
  }
}
