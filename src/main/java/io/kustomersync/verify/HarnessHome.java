package io.kustomersync.verify;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.verify.Store.Snapshot;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * Where a {@link SinkTestHarness} keeps what the sink stores: an H2 file, and a folder that stands
 * in for the user's. Close it to delete all of it.
 */
record HarnessHome(Path root) implements AutoCloseable {

  static HarnessHome create() throws IOException {
    HarnessHome home = new HarnessHome(Files.createTempDirectory("kustomer-sync-verify"));
    Files.createDirectory(home.folder());
    return home;
  }

  /** What the sink takes for the folder of the program. */
  Path folder() {
    return root.resolve("home");
  }

  HikariDataSource database() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:file:" + root.resolve("database"));
    pool.setUsername("sa");
    pool.setMinimumIdle(1);
    return pool;
  }

  /** What is stored. No process may have the database open. */
  Snapshot snapshot() throws SQLException, IOException {
    try (HikariDataSource database = database()) {
      return new Store(database, folder()).snapshot();
    }
  }

  /** Another one that holds the same. No process may have the database open. */
  HarnessHome copy() throws IOException {
    HarnessHome copy = new HarnessHome(Files.createTempDirectory("kustomer-sync-verify"));
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(path -> !path.equals(root)).toList()) {
        Files.copy(path, copy.root.resolve(root.relativize(path).toString()));
      }
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
