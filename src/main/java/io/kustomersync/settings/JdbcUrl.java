package io.kustomersync.settings;

import io.kustomersync.database.Database;
import io.kustomersync.database.UrlRefusal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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

  /** A {@code javax.sql.DataSource} that an OSGi container has under this name. */
  private static final Pattern SERVICE = Pattern.compile("osgi:[A-Za-z0-9._/-]{1,200}");

  private JdbcUrl() {}

  /**
   * @param home what a relative H2 file path is resolved against
   * @return the URL to connect with
   */
  public static String check(String url, Path home) throws Refusal {
    if (url.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw Refusal.unquoted("holds a control character; " + KINDS);
    }
    Optional<Database> database = Database.ofUrl(url);
    if (database.isPresent()) {
      String scheme = database.get().scheme(url).orElseThrow();
      return scheme + address(database.get(), url.substring(scheme.length()), home);
    }
    if (SERVICE.matcher(url).matches()) {
      return "jdbc:" + url;
    }
    throw Refusal.unquoted("is not a database we can write to; " + KINDS);
  }

  /** As users know it, for messages. */
  public static String shown(String url) {
    return Database.ofUrl(url)
        .map(database -> database.shown(url))
        .orElse(url.replaceFirst("^jdbc:osgi:", "osgi:"));
  }

  private static String address(Database database, String rest, Path home) throws Refusal {
    int end = rest.indexOf(database.parametersBegin());
    parameters(end < 0 ? "" : rest.substring(end + 1), database);
    try {
      return database.address(rest, home);
    } catch (UrlRefusal e) {
      throw Refusal.unquoted(e.getMessage());
    }
  }

  private static void parameters(String text, Database database) throws Refusal {
    Set<String> allowed = database.safeParameters();
    for (String parameter : text.split(database.parametersPart())) {
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
    return Refusal.unquoted(UrlRefusal.PASSWORD);
  }
}
