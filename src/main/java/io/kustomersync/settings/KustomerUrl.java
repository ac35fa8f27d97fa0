package io.kustomersync.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads {@code kustomer.url}. Looks at the text only: no name is resolved. */
public final class KustomerUrl {
  private static final String WAY_OUT =
      "write https://api.kustomerapp.com (US), https://api.prod2.kustomerapp.com (EU),"
          + " https://api.prod4.kustomerapp.com (India) or https://<org>.api.kustomerapp.com";
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\." + OCTET + "){3}|\\[::1]|\\[(0{1,4}:){7}0{0,3}1]",
          Pattern.CASE_INSENSITIVE);

  /** The web application, {@code https://{org}.kustomerapp.com}, is not the API. */
  private static final Pattern WEB_APPLICATION =
      Pattern.compile("(?!api\\.)([a-z0-9-]+)\\.kustomerapp\\.com");

  private KustomerUrl() {}

  public static URI parse(String text) throws Refusal {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw text.contains("@") ? userInfo() : Refusal.of("is not a URL; " + WAY_OUT);
    }
    if (uri.getRawUserInfo() != null || text.contains("@")) {
      throw userInfo();
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw Refusal.of("is not a URL; " + WAY_OUT);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (scheme.equals("http") && !isLoopback(host)) {
      throw Refusal.of(
          "would send the token in the clear: plain http is for localhost, 127.0.0.0/8 and [::1]"
              + " only; write https://");
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw Refusal.of("does not begin with https://; " + WAY_OUT);
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!path.isEmpty() && !path.equals("/")
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw Refusal.unquoted(
          "has something behind the host; write " + origin(scheme, host, uri.getPort()));
    }
    if (uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw Refusal.of("has a port outside 1..65535; " + WAY_OUT);
    }
    var web = WEB_APPLICATION.matcher(host);
    if (web.matches()) {
      throw Refusal.of(
          "is the web application, not the API; write https://"
              + web.group(1)
              + ".api.kustomerapp.com");
    }
    return URI.create(origin(scheme, host, uri.getPort()));
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static Refusal userInfo() {
    return Refusal.unquoted(
        "holds a user or password; leave them out, the token goes into KUSTOMER_API_TOKEN");
  }

  private static String origin(String scheme, String host, int port) {
    return scheme + "://" + host + (port == -1 ? "" : ":" + port);
  }
}
