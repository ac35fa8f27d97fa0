package io.kustomersync.api;

import java.util.Optional;

/**
 * One call to Kustomer. Immutable. Only the two kinds that a reader needs can be made: a GET, and a
 * search by POST; nothing here can write to Kustomer.
 *
 * @param path begins with {@code /v1/}; never a host, so that a link can't lead the token elsewhere
 * @param query the raw query string without {@code ?}; empty for none
 * @param body the JSON body of a search; empty for a GET
 */
public record ApiRequest(String path, String query, Optional<String> body) {

  public ApiRequest {
    if (!path.startsWith("/v1/")) {
      throw new IllegalArgumentException("path \"" + path + "\" does not begin with /v1/");
    }
  }

  public static ApiRequest get(String path, String query) {
    return new ApiRequest(path, query, Optional.empty());
  }

  public static ApiRequest search(String path, String query, String body) {
    return new ApiRequest(path, query, Optional.of(body));
  }

  public String method() {
    return body.isPresent() ? "POST" : "GET";
  }

  /** The pool that runs dry first: a search needs a place in both. */
  public Pool pool() {
    return body.isPresent() ? Pool.SEARCH : Pool.ORG;
  }

  /** Safe to log: path and query only. */
  @Override
  public String toString() {
    return method() + " " + path + (query.isEmpty() ? "" : "?" + query);
  }
}
