package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.ServedCall;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where answers are slow, parts of the past are read side by side, and all of it arrives. */
class SlowAnswersIT {

  private static final Duration ANSWER = Duration.ofMillis(400);

  @TempDir Path folder;

  @Test
  void readingAheadBringsTheSameRowsWithSeveralQuestionsUnderWay() throws Exception {
    Instant now = Instant.now();
    SandboxOptions options =
        SandboxOptions.empty()
            .tokens(Token.all(Distribution.TOKEN))
            .span(now.minus(600, ChronoUnit.DAYS), now.minus(1, ChronoUnit.DAYS))
            .count("customers", 1_200)
            .latency(ANSWER)
            .with(Quirk.NO_LIMITS);
    assertThat(answersAtOnce(options, 1)).isZero();
    assertThat(answersAtOnce(options, 4)).isGreaterThan(10);
  }

  /** How many answers came sooner after the one before than an answer takes. */
  private long answersAtOnce(SandboxOptions options, int ahead) throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, Files.createDirectory(folder.resolve("ahead" + ahead)))
              .with("kustomer.page-size", "20")
              .with("kustomer.start-date", Instant.now().minus(650, ChronoUnit.DAYS).toString())
              .with("kustomer.read-ahead", Integer.toString(ahead))
              .with("kustomer.tables", "customers");
      Outcome outcome = distribution.run("sync");
      assertThat(outcome.code()).as(outcome.toString()).isZero();
      try (Rows rows = Rows.of(distribution)) {
        assertThat(rows.differences(sandbox, "customers")).isEmpty();
      }
      assertThat(sandbox.requestCount()).isLessThan(75);
      assertThat(sandbox.violations()).isEmpty();
      List<Instant> answers =
          sandbox.requests().stream().map(ServedCall::instant).sorted().toList();
      return IntStream.range(1, answers.size())
          .filter(i -> answers.get(i - 1).plus(ANSWER).isAfter(answers.get(i)))
          .count();
    }
  }
}
