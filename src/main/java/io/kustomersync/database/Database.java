package io.kustomersync.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of database. Another one is another of these, its SQL for the sink ({@code
 * sink.database.Dialect}), and a line in {@link #all} and in {@code Dialects}. Immutable.
 */
public sealed interface Database permits H2, PostgreSql, MariaDb {

  static List<Database> all() {
    return List.of(new H2(), new PostgreSql(), new MariaDb());
  }

  /**
   * @return empty for a container's DataSource, of which only a connection tells
   */
  static Optional<Database> ofUrl(String url) {
    return all().stream().filter(any -> any.scheme(url).isPresent()).findFirst();
  }

  /**
   * @throws SQLException when nobody has tried such a one
   */
  static Database of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return all().stream()
        .filter(any -> any.products().contains(product))
        .findFirst()
        .orElseThrow(
            () ->
                new SQLException(
                    product
                        + " is not a database that we know; use H2, PostgreSQL, MariaDB or"
                        + " MySQL"));
  }

  /** What its drivers call it. */
  Set<String> products();

  /** What its URLs begin with. */
  List<String> schemes();

  /** The one that this URL begins with, whatever its case. */
  default Optional<String> scheme(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return schemes().stream().filter(lower::startsWith).findFirst();
  }

  /** What parts the place of a URL from its parameters. */
  char parametersBegin();

  /** What parts parameters; a regular expression. */
  String parametersPart();

  /**
   * Parameters known to be harmless, in small letters. Drivers run scripts, load classes and read
   * files at a parameter's word, so all others are refused.
   */
  Set<String> safeParameters();

  /**
   * What stands behind the scheme of the URL to connect with.
   *
   * @param rest as written; its parameters are checked
   * @param home what a relative path is resolved against
   */
  String address(String rest, Path home) throws UrlRefusal;

  /** A URL to connect with, as users know it. */
  default String shown(String url) {
    return url;
  }

  /** Empty for the driver's own. */
  default String defaultUser() {
    return "";
  }

  default Durability durability(String url) {
    return Durability.KEPT;
  }

  /** The URL as a pool of ours needs it. */
  default String poolUrl(String url) {
    return url;
  }

  /**
   * Sets a pool up.
   *
   * @param silence who was frozen for longer in the middle of a transaction loses it
   */
  default void tune(HikariConfig pool, Duration silence) {}

  /** Before the first connection is made. */
  default void prepare(String url) {}

  /** Before the pool is closed. */
  default void leave(HikariDataSource pool) {}

  /** Asks for the time in epoch milliseconds. */
  String clock();

  /** The type of long text in the checkpoint store's tables. */
  String textType();

  String bytesType();

  /** What ends a {@code CREATE TABLE} of the checkpoint store. */
  default String tableOptions() {
    return "";
  }

  /** What its server is set to, as far as it weakens what is promised. */
  default ServerSettings settings(Connection connection) throws SQLException {
    return ServerSettings.NONE;
  }
}
