package io.kustomersync.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the sinks that are no database hold, as {@link Versions}. */
final class SinkContents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SinkContents() {}

  static List<String> ofLines(Path folder) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Path file : listed(folder)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode row = JSON.readTree(line);
        versions.add(
            Versions.of(
                row.path("id").asText(),
                row.path("rev").asLong(),
                row.path("deleted").asBoolean()));
      }
    }
    return versions.stream().sorted().toList();
  }

  static List<String> ofCsv(Path folder) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Path file : listed(folder)) {
      new CsvMapper()
          .readerForMapOf(String.class)
          .with(CsvSchema.emptySchema().withHeader())
          .<Map<String, String>>readValues(file.toFile())
          .forEachRemaining(
              row ->
                  versions.add(
                      Versions.of(
                          row.get("id"),
                          Long.parseLong(row.get("rev")),
                          Boolean.parseBoolean(row.get("deleted")))));
    }
    return versions.stream().sorted().toList();
  }

  /** As a reader should: only what the manifest lists. */
  private static List<Path> listed(Path table) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(table.resolve("manifest.jsonl"))) {
      files.add(table.resolve(JSON.readTree(line).path("file").asText()));
    }
    return files;
  }

  static List<String> ofQueue(ArtemisServer broker, String queue) throws JMSException {
    List<String> versions = new ArrayList<>();
    for (Message message : broker.drain(queue)) {
      versions.add(
          Versions.of(
              message.getStringProperty("id"),
              message.getLongProperty("rev"),
              message.getBooleanProperty("deleted")));
    }
    return versions.stream().sorted().toList();
  }

  static List<String> ofTopic(KafkaServer kafka, String topic) {
    return kafka.all(topic).stream()
        .map(
            message -> {
              Map<String, String> headers = KafkaServer.headers(message);
              return Versions.of(
                  message.key(),
                  Long.parseLong(headers.get("rev")),
                  Boolean.parseBoolean(headers.get("deleted")));
            })
        .sorted()
        .toList();
  }
}
