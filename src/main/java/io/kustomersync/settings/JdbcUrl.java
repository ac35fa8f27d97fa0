package io.kustomersync.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks JDBC URLs. Drivers run scripts, load classes and read files at a parameter's word, so only
 * parameters known to be harmless pass, by name and per driver; all others are refused.
 */
public final class JdbcUrl {
  private static final String KINDS =
      "write jdbc:h2:file:<path>, jdbc:postgresql://<host>/<database>,"
          + " jdbc:mariadb://<host>/<database> or jdbc:mysql://<host>/<database>";

  private static final Set<String> H2 =
      Set.of(
          "access_mode_data",
          "auto_server",
          "auto_server_port",
          "cache_size",
          "compress",
          "db_close_delay",
          "db_close_on_exit",
          "ifexists",
          "lock_timeout");
  private static final Set<String> POSTGRESQL =
      Set.of(
          "applicationname",
          "channelbinding",
          "connecttimeout",
          "currentschema",
          "defaultrowfetchsize",
          "gssencmode",
          "loadbalancehosts",
          "logintimeout",
          "preparethreshold",
          "rewritebatchedinserts",
          "sockettimeout",
          "ssl",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslrootcert",
          "stringtype",
          "targetservertype",
          "tcpkeepalive");
  private static final Set<String> MYSQL =
      Set.of(
          "cacheprepstmts",
          "characterencoding",
          "connectioncollation",
          "connectiontimezone",
          "connecttimeout",
          "forceconnectiontimezonetosession",
          "permitmysqlscheme",
          "prepstmtcachesize",
          "prepstmtcachesqllimit",
          "rewritebatchedstatements",
          "serversslcert",
          "servertimezone",
          "sockettimeout",
          "sslmode",
          "tcpkeepalive",
          "timezone",
          "usebulkstmts",
          "usecompression",
          "useserverprepstmts",
          "usessl",
          "useunicode");

  /** One or more hosts and a database name: no user, no (key=value) hosts, no sub-protocol. */
  private static final Pattern SERVER =
      Pattern.compile("//[A-Za-z0-9._:,\\[\\]-]+/[A-Za-z0-9_.$-]+/?");

  /** A {@code javax.sql.DataSource} that an OSGi container has under this name. */
  private static final Pattern SERVICE = Pattern.compile("osgi:[A-Za-z0-9._/-]{1,200}");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");

  /** H2's trace file would hold statements and values of failures, in the clear. */
  private static final String NO_TRACE = ";TRACE_LEVEL_FILE=0";

  private JdbcUrl() {}

  /**
   * @param home what a relative H2 file path is resolved against
   * @return the URL to connect with
   */
  public static String check(String url, Path home) throws Refusal {
    if (url.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw Refusal.unquoted("holds a control character; " + KINDS);
    }
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:h2:")) {
      return "jdbc:h2:" + h2(url.substring(8), home);
    }
    if (lower.startsWith("jdbc:postgresql:")) {
      return "jdbc:postgresql:" + server(url.substring(16), POSTGRESQL);
    }
    if (lower.startsWith("jdbc:mariadb:")) {
      return "jdbc:mariadb:" + server(url.substring(13), MYSQL);
    }
    if (lower.startsWith("jdbc:mysql:")) {
      return "jdbc:mysql:" + server(url.substring(11), MYSQL);
    }
    if (SERVICE.matcher(url).matches()) {
      return "jdbc:" + url;
    }
    throw Refusal.unquoted("is not a database we can write to; " + KINDS);
  }

  /** The database used when none is named; other processes of this host may open it too. */
  static String ours(Path home) {
    Path file = home.resolve("data").resolve("kustomer");
    return "jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE" + NO_TRACE;
  }

  /** As users know it, for messages. */
  public static String shown(String url) {
    return url.replace(NO_TRACE, "").replaceFirst("^jdbc:osgi:", "osgi:");
  }

  public static boolean isH2(String url) {
    return url.startsWith("jdbc:h2:");
  }

  public static boolean isPostgres(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  private static String h2(String rest, Path home) throws Refusal {
    int end = rest.indexOf(';');
    String place = end < 0 ? rest : rest.substring(0, end);
    String parameters = end < 0 ? "" : rest.substring(end);
    if (parameters.indexOf('\\') >= 0) {
      throw Refusal.unquoted("holds a backslash among its parameters; remove it");
    }
    parameters(parameters, ";", H2);
    String lower = place.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mem:") && lower.indexOf(':', 4) < 0) {
      return "mem:" + place.substring(4) + parameters;
    }
    String path = lower.startsWith("file:") ? place.substring(5) : place;
    if (path.isEmpty() || !DRIVE.matcher(path).matches() && path.indexOf(':') >= 0) {
      throw Refusal.unquoted(
          "names an H2 database that is neither a file nor in memory; write jdbc:h2:file:<path> or"
              + " jdbc:h2:mem:<name>");
    }
    try {
      boolean ofUser = path.startsWith("~");
      return "file:" + (ofUser ? path : home.resolve(path).normalize()) + parameters + NO_TRACE;
    } catch (InvalidPathException e) {
      throw Refusal.unquoted("names a file that can't be; write jdbc:h2:file:<path>");
    }
  }

  private static String server(String rest, Set<String> allowed) throws Refusal {
    int end = rest.indexOf('?');
    String place = end < 0 ? rest : rest.substring(0, end);
    if (place.indexOf('@') >= 0) {
      throw password();
    }
    if (!SERVER.matcher(place).matches()) {
      throw Refusal.unquoted("does not go on as //<host>[:<port>]/<database>; " + KINDS);
    }
    parameters(end < 0 ? "" : rest.substring(end + 1), "[&;]", allowed);
    return rest;
  }

  private static void parameters(String text, String separator, Set<String> allowed)
      throws Refusal {
    for (String parameter : text.split(separator)) {
      String name = parameter.split("=", 2)[0];
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("user") || lower.startsWith("password")) {
        throw password();
      }
      if (!name.isEmpty() && !allowed.contains(lower)) {
        throw Refusal.unquoted(
            "has the parameter \""
                + MessageText.shown(name)
                + "\", which is not among the safe ones; remove it (allowed: "
                + String.join(", ", new java.util.TreeSet<>(allowed))
                + ")");
      }
    }
  }

  private static Refusal password() {
    return Refusal.unquoted(
        "holds a user or password; write them into the .user and .password settings beside it");
  }
}
