package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.settings.DatabaseAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourcesTest {
  @TempDir Path folder;

  private HikariDataSource pool() {
    String url = "jdbc:h2:file:" + folder.resolve("db");
    return DataSources.of(
        new DatabaseAddress(url, "sa", Optional.empty()), "test", Duration.ofSeconds(30));
  }

  @Test
  void whatIsCommittedInH2IsInTheFileWhenTheCommitReturns() throws Exception {
    try (HikariDataSource pool = pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (i integer)");
      connection.setAutoCommit(false);
      for (int i = 1; i <= 20; i++) {
        statement.execute("insert into t values (" + i + ")");
        connection.commit();

        assertThat(rowsAsIfKilledNow()).isEqualTo(i);
      }
    }
  }

  /** In good order H2 would move what is in it, and after a kill lose some of it by that. */
  @Test
  void anH2FileIsLeftAsTheLastCommitWroteIt() throws Exception {
    byte[] committed;
    try (HikariDataSource pool = pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t as select x from system_range(1, 9999)");
      statement.execute("delete from t where x > 100");
      committed = Files.readAllBytes(folder.resolve("db.mv.db"));
    }

    assertThat(Files.readAllBytes(folder.resolve("db.mv.db"))).isEqualTo(committed);
    assertThat(rowsAsIfKilledNow()).isEqualTo(100);
  }

  @Test
  void whoElseIsConnectedToAnH2FileStaysSo() throws Exception {
    try (HikariDataSource other = pool();
        Connection connection = other.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (i integer)");
      try (HikariDataSource pool = pool();
          Connection ours = pool.getConnection()) {
        assertThat(ours.isValid(1)).isTrue();
      }

      statement.execute("insert into t values (1)");
    }
    assertThat(rowsAsIfKilledNow()).isEqualTo(1);
  }

  private int rowsAsIfKilledNow() throws Exception {
    Path copy = folder.resolve("copy.mv.db");
    Files.deleteIfExists(copy);
    Files.copy(folder.resolve("db.mv.db"), copy);
    String url = "jdbc:h2:file:" + folder.resolve("copy");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from t")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** H2 would write parts of the one's transaction with the other's (h2database issue 2080). */
  @Test
  void onlyOneAtATimeWorksOnH2() throws Exception {
    ExecutorService another = Executors.newSingleThreadExecutor();
    try (HikariDataSource pool = pool()) {
      Future<Boolean> next;
      try (Connection one = pool.getConnection()) {
        assertThat(one.isValid(1)).isTrue();
        next = another.submit(() -> works(pool));
        await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
        assertThat(next).isNotDone();
      }
      assertThat(next.get(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      another.shutdownNow();
    }
  }

  private static boolean works(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(1);
    }
  }
}
