package io.kustomersync.sandbox;

import io.kustomersync.sandbox.options.Quirk;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Which page a call asks for: {@code page} from 1, {@code pageSize} 100 unless said. */
record Paging(int page, int size) {
  private static final String CURSOR = "page[after]";

  static Paging of(Call call, int maximum, boolean clamp) {
    int page =
        call.query().containsKey(CURSOR) ? number(call, CURSOR, 36) : number(call, "page", 10);
    int size = call.query().containsKey("pageSize") ? number(call, "pageSize", 10) : 100;
    if (size > maximum && !clamp) {
      throw RefusedCall.badParameter("pageSize", "Bad Request", "pageSize is over " + maximum);
    }
    return new Paging(page, Math.min(size, maximum));
  }

  private static int number(Call call, String name, int radix) {
    try {
      int value = Integer.parseInt(call.parameter(name).orElse("1"), radix);
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number that is too small.
    }
    throw RefusedCall.badParameter(name, "Bad Request", name + " is not a number from 1");
  }

  int offset() {
    return (int) Math.min(Integer.MAX_VALUE, (page - 1L) * size);
  }

  /** A relative link to another page of the same list; other parameters come along. */
  String link(String path, Call call, int toPage) {
    return path + "?" + others(call) + "page=" + toPage + "&pageSize=" + size;
  }

  /** The style that one connector's mock has; see {@link Quirk#CURSOR_LINKS}. */
  String cursorLink(String path, Call call, int toPage) {
    String cursor = Integer.toString(toPage, 36);
    return path + "?" + others(call) + "page%5Bafter%5D=" + cursor + "&pageSize=" + size;
  }

  private static String others(Call call) {
    return call.query().entrySet().stream()
        .filter(e -> !e.getKey().startsWith("page"))
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8) + "&")
        .collect(Collectors.joining());
  }
}
