package io.kustomersync.sandbox;

import io.kustomersync.sandbox.options.Token;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call to the make-believe API.
 *
 * @param path without a trailing slash
 * @param query decoded, in the order sent
 * @param missingRows so many rows are left out of the page, which still tells the true total
 * @param timedOut {@code meta.timed_out} of a search
 */
record Call(
    String method,
    String path,
    Map<String, String> query,
    String body,
    Token token,
    int missingRows,
    boolean timedOut) {

  private static final List<String> SEARCHES =
      List.of("/v1/customers/search", "/v1/customers/archive/search");

  static boolean isSearchPath(String path) {
    return SEARCHES.contains(path);
  }

  static Map<String, String> parse(String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        String key = equals < 0 ? pair : pair.substring(0, equals);
        query.put(decode(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** The path's segments after {@code /v1}. */
  List<String> segments() {
    return List.of(path.substring("/v1/".length()).split("/"));
  }
}
