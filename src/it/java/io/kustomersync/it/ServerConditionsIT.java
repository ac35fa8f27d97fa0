package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import io.kustomersync.sink.database.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are set so that they may lose what they have committed. */
class ServerConditionsIT {

  private static SandboxKustomer sandbox;

  @TempDir Path folder;

  private TestServer server;

  @BeforeAll
  static void start() {
    sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 40)
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS)
                .tokens(Token.all(Distribution.TOKEN)));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @AfterEach
  void reset() throws SQLException {
    if (server.kind() == TestServer.Kind.POSTGRESQL) {
      execute("alter role postgres reset synchronous_commit");
    } else {
      execute("set global innodb_flush_log_at_trx_commit = 1");
      execute("set global default_storage_engine = InnoDB");
      execute("set global sql_mode = default");
    }
  }

  private Distribution against(TestServer.Kind kind) throws Exception {
    server = TestServer.shared(kind);
    server.empty();
    return Distribution.against(sandbox, folder)
        .with("kustomer.tables", "customers")
        .with("kustomer.database.url", server.url().replaceFirst("\\?user=.*", ""))
        .with("kustomer.database.user", server.user());
  }

  private static Distribution withPositionsElsewhere(Distribution distribution) {
    return distribution
        .with("kustomer.checkpoint.url", distribution.databaseUrl())
        .with("kustomer.checkpoint.user", "sa");
  }

  @Test
  void postgresThatMayForgetCommitsIsRefusedWhenPositionsAreElsewhere() throws Exception {
    Distribution distribution = withPositionsElsewhere(against(TestServer.Kind.POSTGRESQL));
    execute("alter role postgres set synchronous_commit = off");

    Outcome sync = distribution.run("sync");

    assertThat(sync.err())
        .contains(
            "database: synchronous_commit is off, so a crash of the server may lose the last"
                + " commits; write \"alter role postgres set synchronous_commit = on\", or remove"
                + " kustomer.checkpoint.url: positions elsewhere would be ahead of the rows");
    assertThat(sync.code()).isEqualTo(2);
    assertThat(text("select count(*) from information_schema.tables where table_schema = 'public'"))
        .isEqualTo("0");
    Outcome check = distribution.run("check");
    assertThat(check.out()).contains("synchronous_commit is off").doesNotContain("database: ok");
    assertThat(check.code()).isEqualTo(1);

    execute("alter role postgres set synchronous_commit = on");
    assertThat(distribution.run("sync").code()).isZero();
    assertThat(text("select count(*) from customers")).isEqualTo("40");
  }

  @Test
  void postgresThatForgetsRowsAndPositionsTogetherIsWarnedOf() throws Exception {
    Distribution distribution = against(TestServer.Kind.POSTGRESQL);
    execute("alter role postgres set synchronous_commit = off");

    Outcome check = distribution.run("check");
    assertThat(check.out())
        .contains(
            "warning: database: synchronous_commit is off",
            "they are read again, since the positions are lost with them",
            // the test's server is so for speed
            "warning: database: fsync is off, so a crash of the server's machine may damage",
            "database: ok");
    assertThat(check.code()).isZero();
    Outcome sync = distribution.run("sync");
    assertThat(sync.code()).isZero();
    assertThat(sync.err()).contains("synchronous_commit is off", "fsync is off");
  }

  @Test
  void mariaDbThatMayForgetCommitsIsRefusedWhenPositionsAreElsewhere() throws Exception {
    Distribution distribution = withPositionsElsewhere(against(TestServer.Kind.MARIADB));
    execute("set global innodb_flush_log_at_trx_commit = 2");

    Outcome sync = distribution.run("sync");

    assertThat(sync.err())
        .contains(
            "database: innodb_flush_log_at_trx_commit is 2, so a crash of the server may lose the"
                + " last commits; set it to 1");
    assertThat(sync.code()).isEqualTo(2);
  }

  @Test
  void tablesWithoutTransactionsAreRefused() throws Exception {
    Distribution distribution = against(TestServer.Kind.MARIADB);
    assertThat(distribution.run("sync").code()).isZero();
    execute("alter table test.kustomer_sync_lease engine = MyISAM");

    for (String command : new String[] {"sync", "check"}) {
      Outcome outcome = distribution.run(command);
      assertThat(outcome.out() + outcome.err())
          .contains(
              "database: the table test.kustomer_sync_lease has no transactions, so a page may be"
                  + " there by half; write \"alter table test.kustomer_sync_lease engine ="
                  + " InnoDB\"");
      assertThat(outcome.code()).isNotZero();
    }
  }

  @Test
  void aServerOfAnotherEngineWithoutStrictModeGetsTablesThatAreSafe() throws Exception {
    Distribution distribution = against(TestServer.Kind.MARIADB);
    execute("set global default_storage_engine = MyISAM");
    execute("set global sql_mode = ''");

    assertThat(distribution.run("sync").code()).isZero();

    assertThat(
            text(
                "select count(*) from information_schema.tables where table_schema = 'test' and"
                    + " engine <> 'InnoDB'"))
        .isEqualTo("0");
    assertThat(text("select count(*) from test.customers")).isEqualTo("40");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
