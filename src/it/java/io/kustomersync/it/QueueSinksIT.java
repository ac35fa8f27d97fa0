package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.verify.SinkVerifier;
import io.kustomersync.verify.Verdict;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The worked examples of docs/sinks/jms.md, amqp.md and kafka.md, against real brokers;
 * BrokerKilledIT ends these.
 */
class QueueSinksIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROUTES = Path.of("routes");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void theQueueHoldsEachVersionOnceThoughThePagesCameTwice(String sink) throws Exception {
    try (ArtemisServer broker = new ArtemisServer(home.resolve("broker"));
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      run.syncWell("customers", settings(sink, broker));
      assertThat(broker.count("kustomer.customers")).isEqualTo(1_200);
      forgetCheckpoint();

      run.kustomer.update("customers", 3, Instant.now());
      run.syncWell("customers", settings(sink, broker));

      List<Message> messages = broker.drain("kustomer.customers");
      assertThat(messages).hasSize(1_203);
      List<String> versions = new ArrayList<>();
      for (Message message : messages) {
        JsonNode row = JSON.readTree(((TextMessage) message).getText());
        assertThat(message.getStringProperty("id")).isEqualTo(row.path("id").asText());
        assertThat(message.getStringProperty("table")).isEqualTo("customers");
        assertThat(message.getLongProperty("rev")).isEqualTo(row.path("rev").asLong());
        assertThat(message.getStringProperty("updated_at"))
            .isEqualTo(row.path("updated_at").asText());
        assertThat(message.getStringProperty("message_id"))
            .startsWith("customers:" + row.path("id").asText() + ":" + row.path("rev").asLong())
            .isEqualTo(message.getStringProperty("_AMQ_DUPL_ID"));
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(message.getBooleanProperty("deleted"))
            .isEqualTo(row.path("deleted").asBoolean());
        versions.add(row.path("id").asText() + ":" + row.path("rev").asLong());
      }
      assertThat(versions).containsAll(run.journal("customers")).doesNotHaveDuplicates();
    }
  }

  @Test
  void kafkaHoldsEachVersionAndDeletedRowsAreTombstones() throws Exception {
    try (KafkaServer kafka = new KafkaServer();
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      List<String> all = new ArrayList<>(SinkPage.settings("kafka"));
      all.removeIf(line -> line.matches("kustomer.sink.kafka.(brokers|security)=.*"));
      all.add("kustomer.sink.kafka.brokers=" + kafka.brokers());
      all.add("kustomer.sink.kafka.topic=crm.<table>.v1");
      all.add("kustomer.sink.kafka.tombstones=true");
      String[] settings = all.toArray(String[]::new);
      run.syncWell("customers", settings);
      run.kustomer.delete("customers", 5, Instant.now());

      run.syncWell("customers", settings);

      List<ConsumerRecord<String, String>> records = kafka.all("crm.customers.v1");
      HashSet<String> versions = new HashSet<>();
      for (ConsumerRecord<String, String> message : records) {
        Map<String, String> headers = KafkaServer.headers(message);
        assertThat(headers).containsOnlyKeys("table", "message_id", "deleted", "rev", "updated_at");
        assertThat(headers.get("deleted")).isEqualTo(message.value() == null ? "true" : "false");
        assertThat(headers.get("table")).isEqualTo("customers");
        assertThat(headers.get("message_id"))
            .startsWith("customers:" + message.key() + ":" + headers.get("rev"));
        if (message.value() != null) {
          JsonNode row = JSON.readTree(message.value());
          assertThat(row.path("id").asText()).isEqualTo(message.key());
          assertThat(row.path("rev").asText()).isEqualTo(headers.get("rev"));
          assertThat(row.path("updated_at").asText()).isEqualTo(headers.get("updated_at"));
        }
        versions.add(message.key() + ":" + headers.get("rev"));
      }
      assertThat(versions).containsAll(run.journal("customers"));
      assertThat(records).filteredOn(message -> message.value() == null).hasSize(5);
      // The broker numbers only an idempotent producer's records, and that one needs acks=all.
      assertThat(kafka.idempotentProducers("crm.customers.v1")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void verifySinkFindsTheSinkSafe(String sink) throws Exception {
    try (ArtemisServer broker = new ArtemisServer(home.resolve("broker"))) {
      String scheme = sink.equals("jms") ? "tcp" : "amqp";
      String url = scheme + "://127.0.0.1:" + broker.port();

      Verdict verdict = verify(sink, Map.of("kustomer.sink." + sink + ".url", url));

      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.passed()).last().asString().startsWith("its process was killed");
      assertThat(verdict.notes()).anyMatch(note -> note.contains("can't be read back"));
      // Whatever was killed when: 500 rows in two versions, each once.
      List<String> ids = new ArrayList<>();
      for (Message message : broker.drain("kustomer.kustomer_sync_verify")) {
        ids.add(message.getStringProperty("message_id"));
      }
      assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
    }
  }

  @Test
  void verifySinkFindsKafkaSafe() throws Exception {
    try (KafkaServer kafka = new KafkaServer()) {
      Verdict verdict = verify("kafka", Map.of("kustomer.sink.kafka.brokers", kafka.brokers()));

      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.passed()).last().asString().startsWith("its process was killed");
      assertThat(kafka.all("kustomer.kustomer_sync_verify"))
          .extracting(message -> KafkaServer.headers(message).get("message_id"))
          .satisfies(ids -> assertThat(new HashSet<>(ids)).hasSize(1_000));
    }
  }

  private static Verdict verify(String sink, Map<String, String> properties) throws Exception {
    Path file = ROUTES.resolve("sinks").resolve(sink + ".camel.yaml").toAbsolutePath();
    return new SinkVerifier(
            sink, List.of(file), properties, (name, option) -> Optional.empty(), true, List.of(), 1)
        .verify();
  }

  /** Those of the sink's page, with the place of this broker. */
  private static String[] settings(String sink, ArtemisServer broker) throws Exception {
    String scheme = sink.equals("jms") ? "tcp" : "amqp";
    String key = "kustomer.sink." + sink + ".url=";
    return SinkPage.settings(sink).stream()
        .map(line -> line.startsWith(key) ? key + scheme + "://127.0.0.1:" + broker.port() : line)
        .toArray(String[]::new);
  }

  private void forgetCheckpoint() throws Exception {
    Files.delete(home.resolve("kustomer.mv.db"));
  }
}
