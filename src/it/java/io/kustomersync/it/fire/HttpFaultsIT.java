package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that never come or never end, names that are not resolved, a page that always fails, a
 * token that is changed.
 */
@Timeout(180)
class HttpFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> TABLES = List.of("customers", "conversations");

  @TempDir Path folder;

  private SandboxKustomer kustomer;
  private String url;
  private Program program;

  @BeforeEach
  void start() throws IOException {
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 300)
                .count("conversations", 300)
                .searchLag(Duration.ZERO)
                .searchLimit(100_000)
                .orgLimit(100_000));
    url = "jdbc:h2:file:" + folder.resolve("db");
    program =
        new Program(folder)
            .set("kustomer.url", kustomer.url())
            .set("kustomer.routes", impatientRoutes())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.database.url", url)
            .set("kustomer.tables", String.join(",", TABLES))
            .set("kustomer.page-size", 20)
            .set("kustomer.budget.share", 1)
            .set("kustomer.schedule", "5s");
  }

  /** As shipped, but an answer is waited for two seconds and may take four. */
  private Path impatientRoutes() throws IOException {
    Path shipped = Program.HOME.resolve("routes");
    Path routes = folder.resolve("routes");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(shipped.relativize(file).toString()));
      }
    }
    replace(
        routes.resolve("kustomer-api.camel.yaml"),
        "responseTimeout: 60000",
        "responseTimeout: 2000");
    replace(routes.resolve("beans.camel.yaml"), "1: 300000", "1: 4000");
    return routes;
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    assertThat(text).containsOnlyOnce(before);
    Files.writeString(file, text.replace(before, after));
  }

  @AfterEach
  void stop() {
    kustomer.close();
  }

  @Test
  void connectionsWhoseOtherEndIsSilentAreGivenUpAndAskedAgain() throws Exception {
    kustomer.fail(Fault.silent(60_000).times(2));

    Ended ended = program.run("sync");

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("no answer from Kustomer", "trying again (1 of 8)");
    mustHold();
  }

  @Test
  void answersThatDripAreGivenUpAndAskedAgain() throws Exception {
    kustomer.fail(Fault.drip(50).times(2));

    Ended ended = program.run("sync");

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("the answer was not complete after 4 s", "trying again (1 of 8)");
    mustHold();
  }

  @Test
  void hostWhoseNameIsUnknownIsSaidWithTheWayOut() throws Exception {
    program.set("kustomer.url", "https://kustomer.invalid").set("kustomer.retries", 1);

    Ended ended = program.run("sync");

    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains(
            "no answer from Kustomer (unknown host kustomer.invalid); trying again (1 of 1)",
            "Check the name in kustomer.url, and the DNS.")
        .doesNotContain("\tat ");
  }

  /** Java looks names up in a file of the test's; the caches that would hide it are off. */
  @Test
  void nameThatIsNotResolvedForAWhileIsWaitedFor() throws Exception {
    String known = "127.0.0.1 localhost\n127.0.0.1 kustomer.test\n";
    Path names = Files.writeString(folder.resolve("names"), known);
    int port = URI.create(kustomer.url()).getPort();
    try (TlsFront front = new TlsFront(folder, "kustomer.test", port)) {
      program
          .java(front.javaOptions())
          .java("-Djdk.net.hosts.file=" + names)
          .java("-Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0")
          .set("kustomer.url", "https://kustomer.test:" + front.port());
      kustomer.onRequest(
          number -> {
            if (number == 12) {
              write(names, "127.0.0.1 localhost\n");
              front.cut();
            }
          });
      Running sync = program.start("sync");
      await().atMost(SOON).until(() -> sync.said().contains("unknown host"));
      long before = kustomer.requestCount();

      write(names, known);
      Ended ended = sync.end(SOON);

      assertThat(before).isGreaterThanOrEqualTo(12);
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output())
          .containsPattern("unknown host .*kustomer.test.*; trying again \\(\\d of 8\\)");
    }
    mustHold();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void pageThatAlwaysFailsStopsItsTableAndKeepsItsPosition() throws Exception {
    program.set("kustomer.retries", 1);
    kustomer.onRequest(
        number -> {
          if (number == 12) {
            kustomer.fail(Fault.status(500).onBody("\"customer\"").times(1_000));
          }
        });

    Ended failed = program.run("sync");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.output())
        .containsPattern("customers +failed")
        .containsPattern("conversations +done")
        .contains("answered 500");
    kustomer.clearFaults();
    long before = kustomer.requestCount();
    assertThat(program.run("sync").code()).isZero();
    mustHold();
    // What customers had before is not read again, but for the overlap.
    assertThat(kustomer.requestCount() - before).isLessThan(2 * 300 / 20);
  }

  @Test
  void tokenThatIsRefusedWhileItRunsEndsItAtOnceAndTheNewOneGoesOn() throws Exception {
    Running run = program.start("run");
    await().atMost(SOON).ignoreExceptions().until(() -> run.said().contains("up to date"));
    kustomer.update("customers", 50, Instant.now());
    long before = kustomer.requestCount();
    kustomer.fail(Fault.status(401).times(1_000));

    Ended ended = run.end(SOON);

    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains("answered 401").doesNotContain("\tat ");
    assertThat(kustomer.requestCount() - before).isLessThan(6);
    kustomer.clearFaults(); // the token of the next start is a good one
    assertThat(program.run("sync").code()).isZero();
    mustHold();
  }

  private void mustHold() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      Truth.mustHold(kustomer, connection, TABLES);
    }
  }
}
