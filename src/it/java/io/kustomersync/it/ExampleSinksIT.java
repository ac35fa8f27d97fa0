package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.kustomersync.verify.SinkVerifier;
import io.kustomersync.verify.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file of docs/sinks/examples is used as docs/adding-a-sink.md says. */
class ExampleSinksIT {

  private static final Path EXAMPLES = Path.of("docs/sinks/examples");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private Path routes;

  @BeforeEach
  void putTheExamplesBesideTheShippedSinks() throws IOException {
    routes = home.resolve("routes");
    copy(Path.of("routes"), routes);
    copy(EXAMPLES, routes.resolve("sinks"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "crm-hook"})
  void eachRowIsPosted(String sink) throws Exception {
    try (Hook hook = new Hook();
        SinkRun run = new SinkRun(home, routes, SinkRun.small())) {
      run.syncWell(
          "customers", "kustomer.sinks=" + sink, "kustomer.sink." + sink + ".url=" + hook.url());

      assertThat(hook.versions).containsExactlyInAnyOrderElementsOf(run.journal("customers"));
    }
  }

  @Test
  void aServerThatFailsKeepsThePageForTheNextTry() throws Exception {
    try (Hook hook = new Hook();
        SinkRun run = new SinkRun(home, routes, SinkRun.small())) {
      hook.failures = 2;

      run.syncWell(
          "customers", "kustomer.sinks=webhook", "kustomer.sink.webhook.url=" + hook.url());

      assertThat(hook.failures).isZero();
      assertThat(hook.versions).containsExactlyInAnyOrderElementsOf(run.journal("customers"));
    }
  }

  @Test
  void ofThreeSinksTheSecondIsDownSoTheThirdWaitsAndThePositionStays() throws Exception {
    try (Hook hook = new Hook();
        SinkRun run = new SinkRun(home, routes, SinkRun.small())) {
      String[] settings = {
        "kustomer.sinks=database,webhook,jsonl", "kustomer.sink.webhook.url=" + hook.url()
      };
      hook.failures = Integer.MAX_VALUE;

      assertThat(run.sync("customers", settings).failure()).isPresent();

      assertThat(count("select count(*) from customers"))
          .as("the first has a page")
          .isBetween(1, 500);
      assertThat(home.resolve("data/jsonl")).as("the third got nothing").doesNotExist();

      hook.failures = 0;
      assertThat(run.sync("customers", settings).counts().delivered())
          .as("from the very first page on")
          .isEqualTo(1_200);

      assertThat(count("select count(*) from customers")).isEqualTo(1_200);
      assertThat(hook.versions).isEqualTo(run.journal("customers"));
      try (Stream<Path> files = Files.walk(home.resolve("data/jsonl/customers"))) {
        long lines = 0;
        for (Path file : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
          lines += file.endsWith("manifest.jsonl") ? 0 : Files.readAllLines(file).size();
        }
        assertThat(lines).isEqualTo(1_200);
      }
    }
  }

  private int count(String sql) throws Exception {
    String url = "jdbc:h2:file:" + home.resolve("kustomer");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        ResultSet found = connection.createStatement().executeQuery(sql)) {
      found.next();
      return found.getInt(1);
    }
  }

  @Test
  void rowsAreMergedIntoAUsersTable() throws Exception {
    String url = "jdbc:h2:file:" + home.resolve("kustomer");
    try (SinkRun run = new SinkRun(home, routes, SinkRun.small())) {
      try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
        connection.createStatement().execute(Files.readString(EXAMPLES.resolve("people.sql")));
      }

      run.syncWell("customers", "kustomer.sinks=people");

      Set<String> versions = new HashSet<>();
      try (Connection connection = DriverManager.getConnection(url, "sa", "");
          ResultSet rows =
              connection.createStatement().executeQuery("select id, rev from people")) {
        while (rows.next()) {
          versions.add(rows.getString(1) + ":" + rows.getLong(2));
        }
      }
      assertThat(versions).isEqualTo(run.journal("customers"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "crm-hook", "people"})
  void verifySinkFindsTheExamplesSafe(String sink) throws Exception {
    Verdict verdict =
        new SinkVerifier(
                sink,
                List.of(EXAMPLES.resolve(sink + ".camel.yaml").toAbsolutePath()),
                Map.of("kustomer.sink." + sink + ".url", "http://localhost:1/"),
                (name, option) -> Optional.empty(),
                false,
                sink.equals("people")
                    ? List.of(Files.readString(EXAMPLES.resolve("people.sql")))
                    : List.of(),
                2)
            .verify();

    assertThat(verdict.findings()).isEmpty();
  }

  @Test
  void noExampleIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "webhook.camel.yaml", "people.camel.yaml", "people.sql", "crm-hook.camel.yaml");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Takes rows, one or a list of them a call. */
  private static final class Hook implements AutoCloseable {
    final Set<String> versions = ConcurrentHashMap.newKeySet();
    volatile int failures;
    private final HttpServer server;

    Hook() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/rows",
          call -> {
            JsonNode body = JSON.readTree(call.getRequestBody());
            int status = 204;
            if (failures > 0) {
              failures--;
              status = 503;
            } else if (body.isArray()) {
              body.forEach(this::take);
            } else {
              take(body);
            }
            call.sendResponseHeaders(status, -1);
            call.close();
          });
      server.start();
    }

    private void take(JsonNode row) {
      versions.add(row.path("id").asText() + ":" + row.path("rev").asLong());
    }

    String url() {
      return "http://localhost:" + server.getAddress().getPort() + "/rows";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
