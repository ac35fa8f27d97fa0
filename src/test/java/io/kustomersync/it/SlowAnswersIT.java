package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.Quirk;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.SandboxOptions;
import io.kustomersync.sandbox.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where answers are slow, parts of the past are read side by side, and all of it arrives. */
class SlowAnswersIT {

  @TempDir Path folder;

  @Test
  void readingAheadBringsTheSameRowsInLessTime() throws Exception {
    Instant now = Instant.now();
    SandboxOptions options =
        SandboxOptions.empty()
            .tokens(Token.all(Distribution.TOKEN))
            .span(now.minus(600, ChronoUnit.DAYS), now.minus(1, ChronoUnit.DAYS))
            .count("customers", 1_200)
            .latency(Duration.ofMillis(400))
            .with(Quirk.NO_LIMITS);
    long oneByOne = load(options, 1);
    long sideBySide = load(options, 4);

    System.out.printf(
        "60 pages, 0.4 s an answer: %.1f s one by one, %.1f s four at a time%n",
        oneByOne / 1e9, sideBySide / 1e9);
    assertThat(sideBySide).isLessThan((long) (0.7 * oneByOne));
  }

  /** Nanoseconds that it took, of the whole process. */
  private long load(SandboxOptions options, int ahead) throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, folder.resolve("ahead" + ahead))
              .with("kustomer.page-size", "20")
              .with("kustomer.start-date", Instant.now().minus(650, ChronoUnit.DAYS).toString())
              .with("kustomer.read-ahead", Integer.toString(ahead))
              .with("kustomer.tables", "customers");
      long start = System.nanoTime();
      Outcome outcome = distribution.run("sync");
      long took = System.nanoTime() - start;
      assertThat(outcome.code()).as(outcome.toString()).isZero();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "customers")).isEmpty();
      }
      assertThat(sandbox.requestCount()).isLessThan(75);
      assertThat(sandbox.violations()).isEmpty();
      return took;
    }
  }
}
