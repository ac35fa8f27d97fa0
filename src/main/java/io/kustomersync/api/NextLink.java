package io.kustomersync.api;

import io.kustomersync.api.KustomerException.Refused;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FairQueue {@code links.next} into a request, without ever leaving the configured host: the token
 * goes where the request goes. Links are relative and begin with {@code /v1} in all recordings
 * (kustomer-api.md §2.1). Immutable; thread-safe. Finding loops is the reader's part.
 */
public final class NextLink {

  private static final int MAX_LENGTH = 8_192;
  private static final Pattern ABSOLUTE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?]*)(/.*)");
  private static final Pattern PATH = Pattern.compile("/v1/[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");
  private static final Pattern DISGUISE = Pattern.compile("%(?:2e|2f|5c|00)|//|/\\.{1,2}(?:/|$)");
  private static final Set<Character> TO_ESCAPE = Set.of('"', '<', '>', '^', '`', '{', '|', '}');

  private final String origin;
  private final String basePath;

  /**
   * @param base {@code kustomer.url}; a path in it, as of a proxy, stands before {@code /v1}
   */
  public NextLink(URI base) {
    this.origin = origin(base.getScheme(), base.getHost() + port(base.getPort()));
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * The request that {@code next} stands for. A search is repeated with its body and on its path,
   * only the query is taken from the link: links of archive search name the live path (§3.6).
   *
   * @param asked the request whose answer held the link
   * @throws Refused when the link leads elsewhere or is no link
   */
  public ApiRequest after(ApiRequest asked, String next) {
    String local = local(asked, next);
    int mark = local.indexOf('?');
    String path = mark < 0 ? local : local.substring(0, mark);
    String query = mark < 0 ? "" : escape(local.substring(mark + 1));
    if (!PATH.matcher(path).matches() || DISGUISE.matcher(path.toLowerCase(Locale.ROOT)).find()) {
      throw refused(asked, next);
    }
    return asked
        .body()
        .map(body -> ApiRequest.search(asked.path(), query, body))
        .orElseGet(() -> ApiRequest.get(path, query));
  }

  /** Path and query, beginning with {@code /v1/}. */
  private String local(ApiRequest asked, String next) {
    boolean printable = next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '#');
    if (!printable || next.length() > MAX_LENGTH) {
      throw refused(asked, next);
    }
    if (next.startsWith("/v1/")) {
      return next;
    }
    Matcher absolute = ABSOLUTE.matcher(next);
    if (!absolute.matches()
        || !origin(absolute.group(1), absolute.group(2)).equals(origin)
        || !absolute.group(3).startsWith(basePath + "/v1/")) {
      throw refused(asked, next);
    }
    return absolute.group(3).substring(basePath.length());
  }

  /** Scheme, host and port in one spelling; user info stays in and so never matches. */
  private static String origin(String scheme, String authority) {
    String lower = (scheme + "://" + authority).toLowerCase(Locale.ROOT);
    String usual = lower.startsWith("https://") ? ":443" : ":80";
    return lower.endsWith(usual) ? lower.substring(0, lower.length() - usual.length()) : lower;
  }

  private static String port(int port) {
    return port < 0 ? "" : ":" + port;
  }

  /** What no HTTP client sends bare. */
  private static String escape(String query) {
    StringBuilder escaped = new StringBuilder(query.length());
    for (char c : query.toCharArray()) {
      if (TO_ESCAPE.contains(c)) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private Refused refused(ApiRequest asked, String next) {
    return new Refused(
        200,
        asked.method()
            + " "
            + asked.path()
            + ": the link to the next page, \""
            + ServerWords.tame(next)
            + "\", does not lead to "
            + origin
            + basePath
            + "/v1/. Not followed: the token never leaves its host. Check kustomer.url.");
  }
}
