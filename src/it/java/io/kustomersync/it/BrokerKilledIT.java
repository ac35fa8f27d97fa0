package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.connector.Polling.Result;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real brokers, each in a process of its own, killed or frozen when half of a page has been sent to
 * them, and back at the same port some seconds later. Side by side, since most of the time is
 * waiting for what was cut off to be given up and tried again.
 */
class BrokerKilledIT {

  /** Less than a page of 500 rows, more than what is said before and after. */
  private static final long HALF_A_PAGE = 200_000;

  /**
   * The question with which the second page begins to be delivered: while a page is delivered, the
   * question after it is on its way already.
   */
  private static final int SECOND_PAGE = 3;

  @TempDir Path home;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"jms", "amqp", "kafka"})
  void aBrokerKilledInTheMiddleOfAPageAndStartedAgainLosesNothing(String sink) throws Exception {
    try (Place place = new Place(sink, home);
        SinkRun run = new SinkRun(home, Path.of("routes"), SinkRun.small())) {
      run.kustomer.onRequest(
          call -> {
            if (call == SECOND_PAGE) {
              place.proxy.after(
                  HALF_A_PAGE,
                  () -> {
                    place.broker.kill();
                    later(place.broker::start);
                  });
            }
          });

      run.syncWell("customers", place.settings());

      assertThat(place.proxy.happened()).isTrue();
      place.assertHolds(run);
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"jms", "amqp", "kafka"})
  void aBrokerThatIsFrozenInTheMiddleOfAPageLosesNothing(String sink) throws Exception {
    try (Place place = new Place(sink, home);
        SinkRun run = new SinkRun(home, Path.of("routes"), SinkRun.small())) {
      run.kustomer.onRequest(
          call -> {
            if (call == SECOND_PAGE) {
              place.proxy.after(
                  HALF_A_PAGE,
                  () -> {
                    place.broker.freeze();
                    later(place.broker::wake);
                  });
            }
          });

      run.syncWell("customers", place.settings());

      assertThat(place.proxy.happened()).isTrue();
      place.assertHolds(run);
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"jms", "amqp", "kafka"})
  void aBrokerThatStaysAwayFailsThePollAndTheNextOneGoesOnFromTheSamePage(String sink)
      throws Exception {
    try (Place place = new Place(sink, home);
        SinkRun run = new SinkRun(home, Path.of("routes"), SinkRun.small())) {
      run.kustomer.onRequest(
          call -> {
            if (call == SECOND_PAGE) {
              place.proxy.after(HALF_A_PAGE, place.broker::kill);
            }
          });

      Result failed = run.sync("customers", place.settings());

      assertThat(failed.failure()).isPresent();
      long before = failed.counts().delivered();
      assertThat(before).as("the pages before").isBetween(1L, 1_199L);
      place.broker.start();
      Result next = run.sync("customers", place.settings());
      assertThat(next.failure()).isEmpty();
      assertThat(next.counts().delivered()).isEqualTo(1_200 - before);
      place.assertHolds(run);
    }
  }

  /** Long enough for a retry to fail, and well before the last one. */
  private static void later(CountingProxy.Incident incident) {
    CompletableFuture.runAsync(
        () -> {
          try {
            incident.happen();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
  }

  /** A broker, what counts before it, and what is asked of both. */
  private static final class Place implements AutoCloseable {
    final String sink;
    final BrokerProcess broker;
    final CountingProxy proxy;

    Place(String sink, Path folder) throws Exception {
      this.sink = sink;
      if (sink.equals("kafka")) {
        // It tells clients where to go, so the place before it must be known first.
        int port = BrokerProcess.freePort();
        proxy = new CountingProxy(port);
        broker = BrokerProcess.kafka(folder, port, proxy.port());
      } else {
        broker = BrokerProcess.artemis(folder);
        proxy = new CountingProxy(broker.port());
      }
    }

    String[] settings() {
      String address = "127.0.0.1:" + proxy.port();
      return switch (sink) {
        case "jms" ->
            new String[] {
              "kustomer.sinks=jms", "kustomer.sink.jms.url=tcp://" + address + "?callTimeout=3000"
            };
        case "amqp" ->
            new String[] {
              "kustomer.sinks=amqp",
              "kustomer.sink.amqp.url=amqp://" + address,
              "kustomer.sink.amqp.timeout=3000"
            };
        default ->
            new String[] {
              "kustomer.sinks=kafka",
              "kustomer.sink.kafka.brokers=" + address,
              "kustomer.sink.kafka.timeout=3000"
            };
      };
    }

    /** All versions; what is there twice has the same message id, and in a queue nothing is. */
    void assertHolds(SinkRun run) throws Exception {
      List<String> versions = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      if (sink.equals("kafka")) {
        for (ConsumerRecord<String, String> message :
            KafkaServer.all("127.0.0.1:" + proxy.port(), "kustomer.customers")) {
          versions.add(message.key() + ":" + KafkaServer.headers(message).get("rev"));
          ids.add(KafkaServer.headers(message).get("message_id"));
        }
        assertThat(new HashSet<>(ids)).hasSize(1_200);
        assertThat(new HashSet<>(versions)).isEqualTo(run.journal("customers"));
      } else {
        for (Message message : ArtemisServer.drain(broker.port(), "kustomer.customers")) {
          versions.add(message.getStringProperty("id") + ":" + message.getLongProperty("rev"));
        }
        assertThat(versions).containsExactlyInAnyOrderElementsOf(run.journal("customers"));
      }
    }

    @Override
    public void close() throws IOException {
      try (proxy) {
        broker.close();
      }
    }
  }
}
