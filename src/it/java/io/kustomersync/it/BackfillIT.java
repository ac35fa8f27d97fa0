package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first load through search and a table's list at the same time. */
class BackfillIT {

  private static final int RECORDS = 4_000;
  private static final int PAGE_SIZE = 20;

  @TempDir Path folder;

  @Test
  void theListBringsWhatSearchThenNeedNotRead() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options())) {
      Outcome outcome = sync(sandbox);

      assertThat(searches(sandbox)).isLessThan((long) (0.7 * RECORDS / (PAGE_SIZE - 1)));
      assertThat(outcome.toString()).doesNotContain("by search alone");
    }
  }

  @Test
  void deletedRecordsAndAListThatShiftsAndIsRefusedLoseNothing() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options())) {
      sandbox.fail(Fault.status(400).onPath("/v1/customers").onPage(40));
      sandbox.onRequest(
          number -> {
            if (number % 10 == 0 && number < 150) {
              sandbox.delete("customers", 1, Instant.now());
              sandbox.update("customers", 2, Instant.now());
            }
          });
      Outcome outcome = sync(sandbox);

      assertThat(outcome.toString()).contains("customers is read by search alone");
    }
  }

  @Test
  void aListOutOfOrderIsLeftAside() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().with(Quirk.LISTS_BY_UPDATE))) {
      sandbox.update("customers", RECORDS / 20, Instant.now());
      sync(sandbox);
    }
  }

  private static SandboxOptions options() {
    Instant now = Instant.now();
    return SandboxOptions.empty()
        .tokens(Token.all(Distribution.TOKEN))
        .span(now.minus(600, ChronoUnit.DAYS), now.minus(1, ChronoUnit.DAYS))
        .count("customers", RECORDS)
        .searchLag(Duration.ZERO)
        .searchLimit(900_000) // unlike the other, or it could not tell them apart
        .orgLimit(1_000_000)
        .with(Quirk.SEARCH_POOL_HEADERS); // else it would keep to 100 a minute
  }

  private Outcome sync(SandboxKustomer sandbox) throws Exception {
    Distribution distribution =
        Distribution.against(sandbox, folder)
            .with("kustomer.page-size", Integer.toString(PAGE_SIZE))
            .with("kustomer.start-date", Instant.now().minus(650, ChronoUnit.DAYS).toString())
            .with("kustomer.backfill", "both")
            .with("kustomer.tables", "customers");
    Outcome outcome = distribution.run("sync");
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    try (Rows rows = Rows.of(distribution)) {
      assertThat(rows.differences(sandbox, "customers")).isEmpty();
    }
    assertThat(sandbox.violations()).isEmpty();
    return outcome;
  }

  private static long searches(SandboxKustomer sandbox) {
    return sandbox.requests().stream().filter(call -> call.method().equals("POST")).count();
  }
}
