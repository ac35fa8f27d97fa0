package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database server, or who writes to it, is cut off in the middle of a page. */
@Timeout(180)
class DatabaseDownIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> TABLES = List.of("customers", "conversations");

  @TempDir Path folder;

  private MortalPostgres postgres;
  private SandboxKustomer kustomer;
  private Program program;

  @BeforeEach
  void start() throws Exception {
    postgres = new MortalPostgres(folder);
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 200)
                .count("conversations", 200)
                .searchLag(Duration.ZERO)
                .searchLimit(100_000)
                .orgLimit(100_000));
    program =
        new Program(folder)
            .set("kustomer.url", kustomer.url())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.database.url", postgres.url())
            .set("kustomer.database.user", postgres.user())
            .set("kustomer.tables", String.join(",", TABLES))
            .set("kustomer.page-size", 50)
            .set("kustomer.budget.share", 1)
            .set("kustomer.schedule", "5s");
    Ended first = program.run("sync");
    assertThat(first.code()).as(first.output()).isZero();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create function slow() returns trigger language plpgsql as"
              + " 'begin perform pg_sleep(0.05); return new; end'");
      statement.execute(
          "create trigger slow before insert or update on customers"
              + " for each row execute function slow()");
    }
  }

  @AfterEach
  void stop() throws Exception {
    kustomer.close();
    postgres.close();
  }

  @Test
  void syncOutlivesAServerThatIsKilledInTheMiddleOfAPage() throws Exception {
    kustomer.update("customers", 120, Instant.now());
    kustomer.delete("customers", 5, Instant.now());
    Running sync = program.start("sync");
    awaitPageUnderWay();
    postgres.kill();
    postgres.start();

    Ended ended = sync.end(SOON);

    assertThat(ended.output())
        .contains("customers: ", "trying again (1 of 3)")
        .doesNotContain("\tat ");
    assertThat(ended.code()).as(ended.output()).isZero();
    mustHold();
  }

  @Test
  void runFailsInOneLineWhileTheServerIsDownAndGoesOnByItself() throws Exception {
    Running run = program.start("run");
    await().atMost(SOON).until(() -> run.said().contains("Running "));
    kustomer.update("customers", 120, Instant.now());
    awaitPageUnderWay();
    postgres.kill();
    await().atMost(SOON).until(() -> run.said().contains("ERROR"));
    kustomer.update("conversations", 20, Instant.now());
    assertThat(run.process().isAlive()).as(run.said()).isTrue();
    postgres.start();

    await().atMost(SOON).ignoreExceptions().untilAsserted(this::mustHold);

    run.signal("TERM");
    Ended ended = run.end(Duration.ofSeconds(15));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).doesNotContain("\tat ");
  }

  @Test
  void whoIsFrozenInTheMiddleOfAPageDoesNotHoldUpItsSuccessor() throws Exception {
    program.set("kustomer.lease", "5s");
    kustomer.update("customers", 120, Instant.now());
    Running frozen = program.start("sync");
    awaitPageUnderWay();
    frozen.signal("STOP");

    Ended next = program.start("sync", "--wait").end(SOON);

    assertThat(next.code()).as(next.output()).isZero();
    mustHold();
    kustomer.update("customers", 40, Instant.now());
    assertThat(program.run("sync").code()).isZero();
    frozen.signal("CONT");
    Ended overtaken = frozen.end(SOON);
    assertThat(overtaken.code()).as(overtaken.output()).isEqualTo(1);
    assertThat(overtaken.output()).doesNotContain("\tat ");
    mustHold();
  }

  private void awaitPageUnderWay() {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                count(
                        "select count(*) from pg_stat_activity where state = 'active'"
                            + " and query like 'INSERT INTO \"customers\"%'"
                            + " and wait_event = 'PgSleep'")
                    > 0);
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void mustHold() throws SQLException {
    try (Connection connection = postgres.connect()) {
      Truth.mustHold(kustomer, connection, TABLES);
    }
  }
}
