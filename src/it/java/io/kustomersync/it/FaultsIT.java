package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.ResetHeader;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between Kustomer and us, and must not be seen in the rows. */
class FaultsIT {
  @TempDir Path folder;

  @Test
  void everyPassingFaultInOneSyncAndItEndsEqual() throws Exception {
    SandboxOptions options = options().count("customers", 3_000).count("tags", 250);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    // Within what live search shows, so that each call is one and the same kind.
    options.span(now.minus(Duration.ofDays(300)), now);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      String search = "/v1/customers/search";
      sandbox.fail(Fault.html(502).times(3).onPath(search));
      sandbox.onRequest(
          call -> {
            switch ((int) call) {
              case 8 -> sandbox.fail(Fault.drop().onPath(search));
              case 10 -> sandbox.fail(Fault.cut(2_000).onPath(search));
              case 12 -> sandbox.fail(Fault.timedOut(7).onPath(search));
              case 14 -> sandbox.fail(Fault.fewerRows(9).onPath(search));
              case 16 -> sandbox.fail(Fault.empty().onPath(search));
              case 18 -> sandbox.fail(Fault.html(200).onPath(search));
              case 20 -> sandbox.fail(Fault.trailing().onPath(search));
              case 22 -> sandbox.fail(Fault.status(500).withoutRateHeaders().onPath(search));
              default -> {}
            }
          });
      sandbox.fail(Fault.cut(100).onPath("/v1/tags").onPage(2));
      sandbox.fail(Fault.html(503).onPath("/v1/tags").onPage(3));
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.start-date", now.minus(Duration.ofDays(310)).toString())
              .with("kustomer.page-size", "100");

      Outcome outcome = distribution.run("sync", "customers");

      assertThat(outcome.code()).as(outcome.toString()).isZero();
      assertThat(outcome.err())
          .contains("customers: POST /v1/customers/search answered 502; trying again (3 of 8)")
          .contains("Premature end of Content-Length", "is empty; trying again (1 of 8)")
          .doesNotContain("type conversion", "(4 of 8)");
      assertThat(distribution.run("sync", "tags").code()).isZero();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "customers")).isEmpty();
        assertThat(rows.differences(sandbox, "tags")).isEmpty();
      }
      assertThat(outcome.all()).doesNotContain("canary");
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void waitsWhenStrangersUsedTheLimitUp() throws Exception {
    ShortMinute clock = new ShortMinute();
    SandboxOptions options =
        options().count("customers", 1_500).clock(clock).resetHeader(ResetHeader.DELTA_SECONDS);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      sandbox.onRequest(
          call -> {
            if (call == 5) {
              clock.endsIn(Duration.ofSeconds(4));
              sandbox.consume("search", 100);
            }
          });
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "customers")
              .with("kustomer.page-size", "100");

      Outcome outcome = distribution.run("sync");

      assertThat(outcome.code()).as(outcome.toString()).isZero();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "customers")).isEmpty();
      }
      assertThat(sandbox.requests().stream().filter(call -> call.status() == 429)).hasSize(1);
    }
  }

  @Test
  void aTableThatFailsIsToldInOneLineAndTheOthersAreDone() throws Exception {
    SandboxOptions options = options().count("customers", 50).count("users", 5);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      sandbox.fail(Fault.html(503).times(100).onPath("/v1/customers/search"));
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "customers,users")
              .with("kustomer.retries", "2");

      Outcome outcome = distribution.run("sync");

      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).containsPattern("customers +failed").containsPattern("users +done");
      assertThat(outcome.err().lines().filter(line -> line.startsWith("customers: POST")))
          .singleElement()
          .asString()
          .contains("POST /v1/customers/", "answered 503");
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "users")).isEmpty();
      }

      sandbox.clearFaults();
      assertThat(distribution.run("sync").code()).isZero();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "customers")).isEmpty();
      }
    }
  }

  private static SandboxOptions options() {
    return SandboxOptions.empty()
        .tokens(Token.all(Distribution.TOKEN))
        .searchLag(Duration.ZERO)
        .orgLimit(1_000)
        .searchLimit(100);
  }

  /** Real time, but the running minute can be made to end soon. */
  private static final class ShortMinute extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void endsIn(Duration rest) {
      long into = Math.floorMod(System.currentTimeMillis(), 60_000L);
      ahead = Duration.ofMillis(60_000 - into).minus(rest);
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
