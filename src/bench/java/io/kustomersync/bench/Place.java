package io.kustomersync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.checkpoint.JdbcSchemaRepository;
import io.kustomersync.checkpoint.JdbcStore;
import io.kustomersync.schema.TableSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where rows go: a server, a database file or a folder; each run finds it empty. */
final class Place implements AutoCloseable {

  private final String target;
  private final Path folder;
  private final EmbeddedPostgres server;
  private int runs;

  /**
   * @param target postgresql, h2 or jsonl
   */
  Place(String target, Path folder) throws IOException {
    this.target = target;
    this.folder = Files.createDirectories(folder);
    // A server keeps what it has committed: fsync is on, unlike the tests' servers.
    server =
        target.equals("postgresql")
            ? EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("shared_buffers", "256MB")
                .setOverrideWorkingDirectory(this.folder.resolve("server").toFile())
                .start()
            : null;
  }

  String target() {
    return target;
  }

  /** An empty folder for the next run, the ones before it removed; the server's tables too. */
  Path next() throws IOException, SQLException {
    Path run = folder.resolve("run");
    remove(run);
    Files.createDirectories(run);
    if (server != null) {
      try (Connection connection = DriverManager.getConnection(serverUrl(), "postgres", "");
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA public CASCADE");
        statement.execute("CREATE SCHEMA public");
        statement.execute("CHECKPOINT");
      }
    }
    runs++;
    return run;
  }

  /** What the reference is given. */
  String reference(Path run) {
    return switch (target) {
      case "postgresql" -> serverUrl();
      case "h2" -> "jdbc:h2:file:" + run.resolve("reference");
      default -> run.resolve("reference").toString();
    };
  }

  ConnectorRun set(ConnectorRun connector, Path run) {
    return switch (target) {
      case "postgresql" ->
          connector
              .with("kustomer.database.url", serverUrl())
              .with("kustomer.database.user", "postgres");
      case "h2" -> connector;
      default ->
          connector
              .with("kustomer.sinks", target)
              .with("kustomer.sink." + target + ".folder", run.resolve("files").toString());
    };
  }

  private String storeUrl(Path run) {
    return server == null ? "jdbc:h2:file:" + run.resolve("kustomer") : serverUrl();
  }

  private String serverUrl() {
    return server.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", "");
  }

  Connection open(Path run) throws SQLException {
    return DriverManager.getConnection(storeUrl(run), server == null ? "sa" : "postgres", "");
  }

  /** As the connector's last run left it. */
  TableSchema schema(Path run, String table) {
    try (HikariDataSource database = new HikariDataSource()) {
      database.setJdbcUrl(storeUrl(run));
      database.setUsername(server == null ? "sa" : "postgres");
      return new JdbcSchemaRepository(new JdbcStore(database, "here"), "default")
          .find(table)
          .orElseThrow();
    }
  }

  /** Rows that a run left, so that none is measured that did not do its work. */
  long rows(Path run, String table, boolean reference) throws SQLException, IOException {
    if (target.equals("jsonl")) {
      try (Stream<Path> files =
          Files.walk(reference ? run.resolve("reference") : run.resolve("files"))) {
        return files
            .filter(file -> file.toString().endsWith(".jsonl"))
            .filter(file -> !file.endsWith("manifest.jsonl"))
            .mapToLong(Place::lines)
            .sum();
      }
    }
    String url = server != null ? serverUrl() : reference ? reference(run) : storeUrl(run);
    try (Connection connection =
            DriverManager.getConnection(url, server == null ? "sa" : "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT count(*) FROM " + (reference ? "reference" : table))) {
      count.next();
      return count.getLong(1);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
    remove(folder);
  }
}
