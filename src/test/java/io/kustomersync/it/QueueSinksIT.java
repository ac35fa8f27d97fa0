package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.verify.SinkVerifier;
import io.kustomersync.verify.Verdict;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked examples of docs/sinks/jms.md, amqp.md and kafka.md, against real brokers. */
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
        assertThat(message.getBooleanProperty("deleted"))
            .isEqualTo(row.path("deleted").asBoolean());
        versions.add(row.path("id").asText() + ":" + row.path("rev").asLong());
      }
      assertThat(versions).containsAll(run.journal("customers")).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void aBrokerThatGoesAndComesBackLosesNothing(String sink) throws Exception {
    try (ArtemisServer broker = new ArtemisServer(home.resolve("broker"));
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      run.kustomer.onRequest(call -> stopForAWhile(call, broker));

      run.syncWell("customers", settings(sink, broker));

      List<String> versions = new ArrayList<>();
      for (Message message : broker.drain("kustomer.customers")) {
        versions.add(message.getStringProperty("id") + ":" + message.getLongProperty("rev"));
      }
      assertThat(versions).containsExactlyInAnyOrderElementsOf(run.journal("customers"));
    }
  }

  @Test
  void aBrokerThatStaysAwayFailsThePollAndKeepsThePosition() throws Exception {
    try (ArtemisServer broker = new ArtemisServer(home.resolve("broker"));
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      broker.stop();

      assertThat(run.sync("customers", settings("jms", broker)).failure()).isPresent();

      broker.start();
      run.syncWell("customers", settings("jms", broker));
      assertThat(broker.count("kustomer.customers")).isEqualTo(1_200);
    }
  }

  @Test
  void kafkaHoldsEachVersionAndDeletedRowsAreTombstones() throws Exception {
    try (KafkaServer kafka = new KafkaServer();
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      String[] settings = {
        "kustomer.sinks=kafka",
        "kustomer.sink.kafka.brokers=" + kafka.brokers(),
        "kustomer.sink.kafka.topic=crm.<table>.v1",
        "kustomer.sink.kafka.tombstones=true"
      };
      run.syncWell("customers", settings);
      run.kustomer.delete("customers", 5, Instant.now());

      run.syncWell("customers", settings);

      List<ConsumerRecord<String, String>> records = kafka.all("crm.customers.v1");
      HashSet<String> versions = new HashSet<>();
      for (ConsumerRecord<String, String> message : records) {
        Map<String, String> headers = KafkaServer.headers(message);
        assertThat(headers).containsOnlyKeys("table", "message_id", "deleted", "rev", "updated_at");
        assertThat(headers.get("deleted")).isEqualTo(message.value() == null ? "true" : "false");
        versions.add(message.key() + ":" + headers.get("rev"));
      }
      assertThat(versions).containsAll(run.journal("customers"));
      assertThat(records).filteredOn(message -> message.value() == null).isNotEmpty();
    }
  }

  @Test
  void aKafkaThatGoesAndComesBackLosesNothing() throws Exception {
    try (KafkaServer kafka = new KafkaServer();
        SinkRun run = new SinkRun(home, ROUTES, SinkRun.small())) {
      run.kustomer.onRequest(call -> stopForAWhile(call, kafka));

      run.syncWell(
          "customers",
          "kustomer.sinks=kafka",
          "kustomer.sink.kafka.timeout=4000",
          "kustomer.sink.kafka.brokers=" + kafka.brokers());

      List<ConsumerRecord<String, String>> records = kafka.all("kustomer.customers");
      assertThat(records)
          .extracting(message -> message.key() + ":" + KafkaServer.headers(message).get("rev"))
          .containsAll(run.journal("customers"));
      // What came twice says so by its message id.
      assertThat(records)
          .extracting(message -> KafkaServer.headers(message).get("message_id"))
          .satisfies(ids -> assertThat(new HashSet<>(ids)).hasSize(1_200));
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
      assertThat(broker.count("kustomer.kustomer_sync_verify")).isEqualTo(10);
    }
  }

  @Test
  void verifySinkFindsKafkaSafe() throws Exception {
    try (KafkaServer kafka = new KafkaServer()) {
      Verdict verdict = verify("kafka", Map.of("kustomer.sink.kafka.brokers", kafka.brokers()));

      assertThat(verdict.findings()).isEmpty();
    }
  }

  private static Verdict verify(String sink, Map<String, String> properties) throws Exception {
    Path file = ROUTES.resolve("sinks").resolve(sink + ".camel.yaml").toAbsolutePath();
    return new SinkVerifier(
            sink, List.of(file), properties, (name, option) -> Optional.empty(), true, List.of())
        .verify();
  }

  private static String[] settings(String sink, ArtemisServer broker) {
    String scheme = sink.equals("jms") ? "tcp" : "amqp";
    return new String[] {
      "kustomer.sinks=" + sink,
      "kustomer.sink." + sink + ".url=" + scheme + "://127.0.0.1:" + broker.port()
    };
  }

  private void forgetCheckpoint() throws Exception {
    Files.delete(home.resolve("kustomer.mv.db"));
  }

  private static void stopForAWhile(long call, ArtemisServer broker) {
    if (call == 2) {
      try {
        broker.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      later(
          () -> {
            broker.start();
            return null;
          });
    }
  }

  private static void stopForAWhile(long call, KafkaServer kafka) {
    if (call == 2) {
      kafka.stop();
      later(
          () -> {
            kafka.start();
            return null;
          });
    }
  }

  private static void later(java.util.concurrent.Callable<Void> action) {
    CompletableFuture.runAsync(
        () -> {
          try {
            action.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
  }
}
