package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked examples of docs/sinks/jsonl.md and csv.md: the shipped routes, files on disk. */
class FileSinksIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROUTES = Path.of("routes");

  @TempDir Path home;

  @Test
  void jsonLinesAndCsvEachHoldWhatKustomerHolds() throws Exception {
    try (SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      String[] settings = {"kustomer.sinks=jsonl,csv", "kustomer.sink.csv.gzip=true"};
      run.syncWell("customers", settings);
      run.kustomer.update("customers", 50, Instant.now());
      run.kustomer.delete("customers", 5, Instant.now());

      run.syncWell("customers", settings);

      assertThat(newest(jsonRows(home.resolve("data/jsonl/customers"))).entrySet())
          .extracting(entry -> entry.getKey() + ":" + entry.getValue())
          .containsExactlyInAnyOrderElementsOf(run.journal("customers"));
      assertThat(newest(csvRows(home.resolve("data/csv/customers"))).entrySet())
          .extracting(entry -> entry.getKey() + ":" + entry.getValue())
          .containsExactlyInAnyOrderElementsOf(run.journal("customers"));
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
      for (String line : Files.readAllLines(file)) {
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
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .<Map<String, String>>readValues(in)
            .forEachRemaining(
                row -> rows.add(Map.entry(row.get("id"), Long.valueOf(row.get("rev")))));
      }
    }
    return rows;
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
