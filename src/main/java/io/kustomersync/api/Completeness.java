package io.kustomersync.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a search's page holds as many records as its own {@code meta.total} promises. A search
 * backend that is short of time may answer with a part and HTTP 200. Stateless; thread-safe.
 */
final class Completeness {

  private static final Pattern PAGE = Pattern.compile("(?:^|&)page=(\\d{1,9})(?:&|$)");
  private static final Pattern SIZE = Pattern.compile("(?:^|&)pageSize=(\\d{1,9})(?:&|$)");

  private Completeness() {}

  /**
   * @throws KustomerException.Incomplete when records are missing; lists, which tell no total, pass
   */
  static void require(ApiRequest request, Page page) {
    if (request.pool() != Pool.SEARCH || page.total().isEmpty()) {
      return;
    }
    long number = number(PAGE, request, 1);
    // the server may give less than was asked for, and then says so
    long size = Math.min(number(SIZE, request, 100), page.pageSize().orElse(Integer.MAX_VALUE));
    long total = page.total().getAsLong();
    long expected = Math.max(0, Math.min(size, total - (number - 1) * size));
    if (page.records().size() < expected) {
      throw new KustomerException.Incomplete(
          "the answer holds "
              + page.records().size()
              + " records where its own meta.total of "
              + total
              + " promises "
              + expected);
    }
  }

  private static long number(Pattern parameter, ApiRequest request, long otherwise) {
    Matcher found = parameter.matcher(request.query());
    return found.find() ? Long.parseLong(found.group(1)) : otherwise;
  }
}
