package io.kustomersync.verify;

import static io.kustomersync.verify.SinkVerifierTest.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.verify.Finding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What verify-sink finds by really killing processes; those of queues are in QueueSinksIT. Side by
 * side, since each spends most of its time on one process that starts.
 */
class SinkKillsIT {

  private static final Path BROKEN = Path.of("src/test/resources/broken-sinks");
  private static final Path SHIPPED = Path.of("routes/sinks");

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"database", "jsonl", "csv"})
  void theShippedOnesSurviveKills(String sink) throws Exception {
    Verdict verdict = verify(SHIPPED.resolve(sink + ".camel.yaml"), sink, 2);

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.passed())
        .last()
        .asString()
        .startsWith("its process was killed")
        .endsWith("nothing was lost, doubled or torn");
  }

  /**
   * Each of these passes all that can be done to it within a process that lives on: none is killed
   * before it has, and then nothing but a kill is found.
   */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          writes-in-place      | TORN       | tempFileName
          notes-before-storing | LOSES      | eager
          leaves-lock          | FAILS      | doFinally
          buffers              | ACKS_EARLY | memory
          """)
  void catchesWhatOnlyAKillShows(String sink, Kind kind, String mend) throws Exception {
    Path file = BROKEN.resolve(sink + ".camel.yaml");
    Verdict verdict = verify(file, sink, 3);

    assertThat(verdict.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.what()).contains("killed");
              assertThat(finding.mend()).contains(mend);
            });
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatIsWrittenAsideAndRenamedIsNotTorn(@TempDir Path folder) throws Exception {
    String inPlace = Files.readString(BROKEN.resolve("writes-in-place.camel.yaml"));
    Path mended = folder.resolve("mended.camel.yaml");
    Files.writeString(
        mended,
        inPlace
            .replace("sink-writes-in-place", "sink-mended")
            .replace(
                "fileExist: Override",
                "fileExist: Override\n              tempFileName: .${file:name}.tmp"));

    Verdict verdict = verify(mended, "mended", 3);

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.passed()).last().asString().contains("when a new file was seen");
    assertThat(verdict.notes()).anyMatch(note -> note.contains("fsync"));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void saysWhatItCanNotLookAt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("blind.camel.yaml");
    Files.writeString(
        file,
        """
        - beans:
            - name: nowhere
              type: io.kustomersync.verify.Nowhere
        - route:
            id: sink-blind
            from:
              uri: direct:sink-blind
              steps:
                - process:
                    ref: nowhere
        """);

    Verdict verdict = verify(file, "blind", 1);

    assertThat(verdict.safe()).isTrue();
    assertThat(verdict.notes()).anyMatch(note -> note.contains("can't be read back"));
  }
}
