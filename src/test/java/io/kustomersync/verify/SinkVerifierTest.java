package io.kustomersync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.verify.Finding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkVerifierTest {

  private static final Path BROKEN = Path.of("src/test/resources/broken-sinks");
  private static final Path SHIPPED = Path.of("routes/sinks");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          acks-by-wiretap    | ACKS_EARLY | wireTap
          acks-by-seda       | ACKS_EARLY | seda
          acks-by-aggregator | ACKS_EARLY | aggregate
          swallows-by-catch  | SWALLOWS   | doCatch
          continued          | SWALLOWS   | continued: true
          swallows-in-split  | SWALLOWS   | stopOnException: true
          handled            | HANDLED    | handled: true
          stops              | HANDLED    | stop
          drops-deleted      | DROPS      | filter
          appends            | DOUBLES    | primary key
          appends-to-file    | DOUBLES    | fileExist=Override
          goes-back          | GOES_BACK  | updated_at
          refuses-replay     | FAILS      | MERGE
          """)
  void catchesWhatIsNotSafeAndSaysHowToMendIt(String sink, Kind kind, String mend)
      throws Exception {
    Verdict verdict = verify(BROKEN.resolve(sink + ".camel.yaml"), sink, 0);

    assertThat(verdict.findings())
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.mend()).contains(mend);
            });
  }

  /** Four of them are safe as long as nobody kills them: {@link SinkKillsIT}. */
  @Test
  void eachBrokenExampleIsTried() throws Exception {
    try (Stream<Path> files = Files.list(BROKEN)) {
      assertThat(files.count()).isEqualTo(17);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "jsonl", "csv"})
  void theShippedOnesAreSafe(String sink) throws Exception {
    Verdict verdict = verify(SHIPPED.resolve(sink + ".camel.yaml"), sink, 0);

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.passed()).contains("the same page again changed nothing");
  }

  /** The start script sets it; the user's files must not be touched. */
  @Test
  void whatTheProcessIsToldDoesNotReachTheSink(@TempDir Path users) throws Exception {
    String before = System.setProperty("kustomer.home", users.toString());
    try {
      assertThat(verify(SHIPPED.resolve("jsonl.camel.yaml"), "jsonl", 0).safe()).isTrue();
      assertThat(users).isEmptyDirectory();
    } finally {
      if (before == null) {
        System.clearProperty("kustomer.home");
      } else {
        System.setProperty("kustomer.home", before);
      }
    }
  }

  static Verdict verify(Path file, String sink, int kills) throws Exception {
    return new SinkVerifier(
            sink,
            List.of(file.toAbsolutePath()),
            Map.of(),
            (name, option) -> Optional.empty(),
            false,
            List.of(),
            kills)
        .verify();
  }
}
