package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.HeardLog;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.connector.Polling.Listener;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real routes with a sink that throws: what people read, and how soon they can stop it. */
class FailingSinkTest {

  private static final String SINK =
      """
      - route:
          id: sink-away
          from:
            uri: direct:sink-away
            steps:
              - throwException:
                  exceptionType: java.io.IOException
                  message: the shelf is away
      """;

  @TempDir Path folder;

  @RegisterExtension final HeardLog log = new HeardLog(Level.INFO);

  private SandboxKustomer kustomer;

  @BeforeEach
  void start() throws Exception {
    kustomer = SandboxKustomer.start(SandboxOptions.empty().searchLag(Duration.ZERO));
    kustomer.create("customers", 3, Instant.now().minusSeconds(60));
    copy(Path.of("routes"), folder.resolve("routes"));
    Files.writeString(folder.resolve("routes/sinks/away.camel.yaml"), SINK);
  }

  @AfterEach
  void stop() {
    kustomer.close();
  }

  @Test
  void theLogSaysWhatTheSinkSaidAndNothingBeforeIt() throws Exception {
    try (Connector connector = CamelConnector.start(settings())) {
      connector.polling().startSchedule(List.of(customers(connector)));

      await().atMost(Duration.ofSeconds(60)).until(() -> log.toString().contains("ERROR"));

      assertThat(lines("WARN", "ERROR"))
          .startsWith(
              "WARN NoteRetry customers: the shelf is away; trying again (1 of 3)",
              "WARN NoteRetry customers: the shelf is away; trying again (2 of 3)",
              "WARN NoteRetry customers: the shelf is away; trying again (3 of 3)",
              "ERROR NoteFailure customers: the shelf is away");
      await()
          .untilAsserted(
              () ->
                  assertThat(connector.state().checkpoints().statuses())
                      .extracting(TableStatus::lastError)
                      .containsExactly(Optional.of("the shelf is away")));
    }
  }

  @Test
  void stoppedWhileItWaitsForTheNextTryItEndsAtOnce() throws Exception {
    Connector connector = CamelConnector.start(settings());
    CompletableFuture<Result> sync =
        CompletableFuture.supplyAsync(
            () -> connector.polling().sync(customers(connector), Listener.NONE));
    // The next try would be in 9 s.
    await().atMost(Duration.ofSeconds(60)).until(() -> log.toString().contains("again (2 of 3)"));

    Instant begin = Instant.now();
    connector.close();

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertThat(sync.get(10, TimeUnit.SECONDS).failure())
        .get()
        .asString()
        .contains("stopped before the end; the next sync goes on from here");
    assertThat(lines("WARN", "ERROR"))
        .allMatch(line -> line.startsWith("WARN NoteRetry customers: the shelf is away; trying"));
    assertThat(log.toString()).doesNotContain("\tat ");
  }

  private static TableDefinition customers(Connector connector) {
    return TableChoice.choose(List.of("customers"), null, connector.source()).get(0);
  }

  private List<String> lines(String... levels) {
    return log.toString()
        .lines()
        .filter(line -> Set.of(levels).stream().anyMatch(level -> line.startsWith(level + " ")))
        .toList();
  }

  private Settings settings() {
    return new SettingsReader(
            folder, Map.of("KUSTOMER_API_TOKEN", "sandbox-token"), Clock.systemUTC(), warning -> {})
        .read(
            List.of(
                "kustomer.url=" + kustomer.url(),
                "kustomer.routes=" + folder.resolve("routes"),
                "kustomer.start-date=2024-01-25",
                "kustomer.schedule=5s",
                "kustomer.sinks=away",
                "kustomer.database.url=jdbc:h2:file:" + folder.resolve("data")),
            Set.of());
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
