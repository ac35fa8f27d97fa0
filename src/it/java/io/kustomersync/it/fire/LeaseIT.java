package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one checkpoint store. This process serves the H2 file to all of them. */
@Timeout(180)
class LeaseIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TABLES = List.of("customers", "conversations");

  @TempDir Path folder;

  private SandboxKustomer kustomer;
  private Connection database;
  private Program program;

  @BeforeEach
  void start() throws SQLException {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    String url = "jdbc:h2:file:" + folder.resolve("db") + ";AUTO_SERVER=TRUE";
    database = DriverManager.getConnection(url, "sa", "");
    kustomer = sandbox(Duration.ZERO);
    program = program(url);
  }

  private Program program(String url) {
    return new Program(folder)
        .set("kustomer.url", kustomer.url())
        .set("kustomer.start-date", "2017-01-25")
        .set("kustomer.database.url", url)
        .set("kustomer.tables", String.join(",", TABLES))
        .set("kustomer.page-size", 50)
        .set("kustomer.schedule", "5s");
  }

  private static SandboxKustomer sandbox(Duration latency) {
    return SandboxKustomer.start(
        SandboxOptions.empty()
            .count("customers", 300)
            .count("conversations", 300)
            .searchLag(Duration.ZERO)
            .searchLimit(100_000)
            .orgLimit(100_000)
            .latency(latency));
  }

  @AfterEach
  void stop() throws SQLException {
    kustomer.close();
    database.close();
  }

  @Test
  void secondInstanceSaysWhoIsAtWorkAndEnds() throws Exception {
    Running first = program.start("run");
    await().atMost(SOON).until(() -> first.said().contains("Running "));

    Ended second = program.run("sync");
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.output())
        .contains("another Kustomer Sync works on these checkpoints: process " + first.pid())
        .contains(", since 20")
        .doesNotContain("\tat ");
    assertThat(program.run("reset", "customers").code()).isEqualTo(1);
    assertThat(program.run("status").code()).isZero();

    first.signal("TERM");
    assertThat(first.end(SOON).code()).isZero();
    assertThat(program.run("sync").code()).isZero();
    Truth.mustHold(kustomer, database, TABLES);
  }

  @Test
  void oneOfTwoThatStartTogetherReads() throws Exception {
    kustomer.close();
    kustomer = sandbox(Duration.ofMillis(300));
    program.set("kustomer.url", kustomer.url());

    Running one = program.start("sync");
    Running other = program.start("sync");

    List<Integer> codes = List.of(one.end(SOON).code(), other.end(SOON).code());
    assertThat(codes).as(one.said() + other.said()).containsExactlyInAnyOrder(0, 1);
    Truth.mustHold(kustomer, database, TABLES);
  }

  @Test
  void waitsForWhoIsAtWorkIfAsked() throws Exception {
    Running first = program.start("run");
    await().atMost(SOON).until(() -> first.said().contains("Running "));
    Running second = program.start("sync", "--wait");
    await().atMost(SOON).until(() -> second.said().contains("Waiting for the Kustomer Sync"));

    first.signal("TERM");

    assertThat(second.end(SOON).code()).as(second.said()).isZero();
  }

  @Test
  void killedHolderIsReplacedAtOnce() throws Exception {
    program.set("kustomer.lease", "1h");
    Running first = program.start("run");
    await().atMost(SOON).until(() -> first.said().contains("Running "));
    first.kill();

    Ended second = program.start("sync").end(SOON);

    assertThat(second.code()).as(second.output()).isZero();
    Truth.mustHold(kustomer, database, TABLES);
  }

  @Test
  void frozenHolderIsOvertakenAndWritesNothingAfterwards() throws Exception {
    kustomer.close();
    kustomer = sandbox(Duration.ofMillis(200));
    program.set("kustomer.url", kustomer.url()).set("kustomer.lease", "5s");
    Running frozen = program.start("sync");
    await().atMost(SOON).until(() -> kustomer.requestCount() > 6);
    freezeBetweenTransactions(frozen);

    Ended second = program.start("sync", "--wait").end(Duration.ofSeconds(60));
    assertThat(second.code()).as(second.output()).isZero();
    kustomer.update("customers", 20, Instant.now());
    kustomer.delete("conversations", 5, Instant.now());
    assertThat(program.run("sync").code()).isZero();
    String reached = program.run("checkpoint", "export").output();

    frozen.signal("CONT");
    Ended overtaken = frozen.end(SOON);

    assertThat(overtaken.code()).isEqualTo(1);
    assertThat(overtaken.output())
        .contains("this process was silent for longer than kustomer.lease");
    assertThat(program.run("checkpoint", "export").output()).isEqualTo(reached);
    Truth.mustHold(kustomer, database, TABLES);
  }

  /**
   * H2 never ends the transaction of one that is silent: whoever takes over would wait for its
   * locks as long as it is frozen (docs/promises.md). Of the other databases DatabaseDownIT freezes
   * it in the middle of one.
   */
  private void freezeBetweenTransactions(Running running) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(30))
        .until(
            () -> {
              running.signal("STOP");
              boolean between = !inTransaction();
              if (!between) {
                running.signal("CONT");
              }
              return between;
            });
  }

  private boolean inTransaction() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet sessions =
            statement.executeQuery(
                "select count(*) from information_schema.sessions where contains_uncommitted")) {
      sessions.next();
      return sessions.getInt(1) > 0;
    }
  }

  @Test
  void frozenHolderThatIsOvertakenLeavesTheFilesAsTheyAreListed() throws Exception {
    kustomer.close();
    kustomer = sandbox(Duration.ofMillis(200));
    try (MortalPostgres postgres = new MortalPostgres(folder)) {
      program
          .set("kustomer.url", kustomer.url())
          .set("kustomer.lease", "5s")
          .set("kustomer.database.url", postgres.url()) // ends the transactions of the silent
          .set("kustomer.database.user", postgres.user())
          .set("kustomer.sinks", "jsonl")
          .set("kustomer.sink.jsonl.folder", folder.resolve("files"));
      Running frozen = program.start("sync");
      await().atMost(SOON).until(() -> kustomer.requestCount() > 6);
      frozen.signal("STOP");

      Ended second = program.start("sync", "--wait").end(Duration.ofSeconds(60));
      assertThat(second.code()).as(second.output()).isZero();
      frozen.signal("CONT");
      assertThat(frozen.end(SOON).code()).isEqualTo(1);
    }

    for (String table : TABLES) {
      assertThat(listed(folder.resolve("files").resolve(table)))
          .containsExactlyInAnyOrderElementsOf(Truth.kustomer(kustomer, table));
    }
  }

  /** The versions in the files that the manifest lists, each of which is as its line says. */
  private static Set<String> listed(Path table) throws Exception {
    Set<String> versions = new TreeSet<>();
    for (String line : Files.readAllLines(table.resolve("manifest.jsonl"))) {
      byte[] file = Files.readAllBytes(table.resolve(JSON.readTree(line).path("file").asText()));
      assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
          .isEqualTo(JSON.readTree(line).path("sha256").asText());
      for (String text : new String(file, StandardCharsets.UTF_8).lines().toList()) {
        JsonNode row = JSON.readTree(text);
        versions.add(row.path("id").asText() + " " + row.path("rev") + " " + row.path("deleted"));
      }
    }
    return versions;
  }

  /** {@code -Dfault.freeze=65} for longer than Kustomer's answer is waited for. */
  @Test
  void whoWasFrozenAndNotOvertakenGoesOn() throws Exception {
    kustomer.close();
    kustomer = sandbox(Duration.ofMillis(200));
    program.set("kustomer.url", kustomer.url()).set("kustomer.lease", "5s");
    Running frozen = program.start("sync");
    await().atMost(SOON).until(() -> kustomer.requestCount() > 6);
    frozen.signal("STOP");
    kustomer.update("customers", 20, Instant.now());
    kustomer.delete("conversations", 5, Instant.now());
    TimeUnit.SECONDS.sleep(Integer.getInteger("fault.freeze", 8)); // beyond the lease

    frozen.signal("CONT");
    Ended ended = frozen.end(SOON);

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).doesNotContain("\tat ");
    assertThat(program.run("sync").code()).isZero();
    Truth.mustHold(kustomer, database, TABLES);
  }
}
