package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ended in the middle, in good order and not, and what the next start makes of it. */
class StopAndGoIT {
  private static final int RECORDS = 4_000;
  private static final Duration STOP = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void sigtermStopsWithinTenSecondsAndTheNextSyncGoesOnFromThere() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(slow())) {
      Distribution distribution = distribution(sandbox);
      try (Running running = distribution.start("sync")) {
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.requestCount() > 15);
        Outcome stopped = running.terminate().await(STOP);
        assertThat(stopped.code()).as(stopped.toString()).isEqualTo(1);
        assertThat(stopped.out()).containsPattern("customers +stopped +[1-9]");
        assertThat(stopped.err())
            .contains("Stopping. What is delivered is kept; the next start goes on from there.")
            .doesNotContain("ERROR", "Exception");
      }
      long before = sandbox.requestCount();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.count("customers")).isBetween(500L, RECORDS - 500L);
      }

      endsEqual(distribution, sandbox);
      // Nothing but the page in hand, the overlap and the tables' seams is read twice.
      assertThat(sandbox.requestCount()).isLessThan(RECORDS / 99 + 15);
      assertThat(sandbox.requestCount()).isGreaterThan(before);
    }
  }

  @Test
  void killedTwiceInTheMiddleItEndsEqual() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(slow())) {
      Distribution distribution = distribution(sandbox);
      for (int i = 1; i <= 2; i++) {
        long enough = sandbox.requestCount() + 10;
        try (Running running = distribution.start("sync")) {
          await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.requestCount() > enough);
          assertThat(running.kill().await(STOP).code()).isEqualTo(128 + 9);
        }
      }

      endsEqual(distribution, sandbox);
      assertThat(sandbox.requestCount()).isLessThan(RECORDS / 99 + 35);
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void runKeepsUpOnScheduleWhileStatusLooksOnAndEndsWellAtSigterm() throws Exception {
    SandboxOptions options = options().count("customers", 300).count("users", 12);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "customers,users")
              .with("kustomer.schedule", "5s");
      try (Running running = distribution.start("run")) {
        awaitEqual(distribution, sandbox);

        sandbox.update("customers", 20, Instant.now());
        sandbox.delete("customers", 5, Instant.now());
        sandbox.create("users", 2, Instant.now());
        Outcome status = distribution.run("status", "--json");
        assertThat(status.code()).as(status.toString()).isZero();
        JsonNode tables = new ObjectMapper().readTree(status.out());
        assertThat(tables.findValuesAsText("table")).containsExactly("customers", "users");
        assertThat(tables.get(0).get("rows").asLong()).isGreaterThanOrEqualTo(300);
        assertThat(tables.get(0).get("lag_seconds").asLong()).isLessThan(60);
        assertThat(tables.get(0).get("last_error").isNull()).isTrue();
        awaitEqual(distribution, sandbox);

        Outcome ended = running.terminate().await(STOP);
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(ended.err()).contains("Running every 5s: customers, users.", "Stopping.");
        assertThat(ended.all()).doesNotContain("canary", "ERROR", "Exception");
      }
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  private static void awaitEqual(Distribution distribution, SandboxKustomer sandbox) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> assertEqual(distribution, sandbox, "customers", "users"));
  }

  private static void endsEqual(Distribution distribution, SandboxKustomer sandbox)
      throws Exception {
    Outcome outcome = distribution.run("sync");
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    assertEqual(distribution, sandbox, "customers");
  }

  private static void assertEqual(
      Distribution distribution, SandboxKustomer sandbox, String... tables) throws Exception {
    try (Rows rows = Rows.of(distribution)) {
      for (String table : tables) {
        assertThat(rows.differences(sandbox, table)).isEmpty();
      }
    }
  }

  private Distribution distribution(SandboxKustomer sandbox) {
    return Distribution.against(sandbox, folder)
        .with("kustomer.tables", "customers")
        .with("kustomer.page-size", "100");
  }

  private static SandboxOptions slow() {
    return options().count("customers", RECORDS).latency(Duration.ofMillis(60));
  }

  private static SandboxOptions options() {
    return SandboxOptions.empty()
        .tokens(Token.all(Distribution.TOKEN))
        .searchLag(Duration.ZERO)
        .with(Quirk.NO_LIMITS);
  }
}
