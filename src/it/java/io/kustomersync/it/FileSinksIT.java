package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked examples of docs/sinks/jsonl.md and csv.md: the shipped routes, files on disk. */
class FileSinksIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROUTES = Path.of("routes");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void theSettingsOfThePageBringWhatKustomerHolds(String sink) throws Exception {
    try (SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      String[] settings = SinkPage.settings(sink).toArray(String[]::new);
      run.syncWell("customers", settings);
      run.kustomer.update("customers", 50, Instant.now());
      run.kustomer.delete("customers", 5, Instant.now());

      run.syncWell("customers", settings);

      Path table = home.resolve("data").resolve(sink).resolve("customers");
      assertThat(newest(sink.equals("csv") ? csvRows(table) : jsonRows(table)).entrySet())
          .extracting(entry -> entry.getKey() + ":" + entry.getValue())
          .containsExactlyInAnyOrderElementsOf(run.journal("customers"));
      String shown = SinkPage.block("jsonl", "json");
      for (String line : Files.readAllLines(table.resolve("manifest.jsonl"))) {
        assertThat(JSON.readTree(line).fieldNames())
            .toIterable()
            .containsExactlyElementsOf(() -> fieldNames(shown));
      }
    }
  }

  private static java.util.Iterator<String> fieldNames(String json) {
    try {
      return JSON.readTree(json).fieldNames();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Long> newest(List<Map.Entry<String, Long>> versions) {
    Map<String, Long> newest = new HashMap<>();
    versions.forEach(version -> newest.merge(version.getKey(), version.getValue(), Math::max));
    return newest;
  }

  private static List<Map.Entry<String, Long>> jsonRows(Path table) throws IOException {
    List<Map.Entry<String, Long>> rows = new ArrayList<>();
    for (Path file : listed(table)) {
      for (String line : unpacked(file).lines().toList()) {
        JsonNode row = JSON.readTree(line);
        assertThat(row.path("raw").isObject()).isTrue();
        rows.add(Map.entry(row.path("id").asText(), row.path("rev").asLong()));
      }
    }
    return rows;
  }

  private static List<Map.Entry<String, Long>> csvRows(Path table) throws IOException {
    List<Map.Entry<String, Long>> rows = new ArrayList<>();
    for (Path file : listed(table)) {
      new CsvMapper()
          .readerForMapOf(String.class)
          .with(CsvSchema.emptySchema().withHeader())
          .<Map<String, String>>readValues(unpacked(file))
          .forEachRemaining(
              row -> rows.add(Map.entry(row.get("id"), Long.valueOf(row.get("rev")))));
    }
    return rows;
  }

  private static String unpacked(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As a reader should: only what the manifest lists. */
  private static List<Path> listed(Path table) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(table.resolve("manifest.jsonl"))) {
      files.add(table.resolve(JSON.readTree(line).path("file").asText()));
    }
    return files;
  }
}
