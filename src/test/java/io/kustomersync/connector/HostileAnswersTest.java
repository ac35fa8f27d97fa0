package io.kustomersync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that no Kustomer gives, from whoever stands in its place. The real routes. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileAnswersTest {

  private static final int LIMIT = 1024 * 1024;
  private static final AtomicBoolean REVIVED = new AtomicBoolean();

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> stolen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpServer other;
  private Answer answer;

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange call) throws IOException;
  }

  /** Notes when it is made of bytes. */
  private static final class Canary implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException {
      REVIVED.set(true);
    }
  }

  @BeforeEach
  void start() throws IOException {
    REVIVED.set(false);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          try (call) {
            answer.to(call);
          }
        });
    server.start();
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        call -> {
          stolen.add(call.getRequestMethod() + " " + call.getRequestHeaders().get("Authorization"));
          send(call, "application/json", "{\"data\":[]}".getBytes());
          call.close();
        });
    other.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    other.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aBodyWithoutEndIsCutOffAtTheLimit() throws Exception {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    byte[] blanks = new byte[64 * 1024];
    Arrays.fill(blanks, (byte) ' ');
    answer =
        call -> {
          call.sendResponseHeaders(200, 0);
          long count = 0;
          try (OutputStream out = call.getResponseBody()) {
            out.write('{');
            while (count < 200L * LIMIT) {
              out.write(blanks);
              count += blanks.length;
            }
          } finally {
            sent.complete(count);
          }
        };

    assertThat(sync().failure())
        .get()
        .asString()
        .contains("the answer is larger than " + LIMIT + " bytes");

    // What the sockets held on the way comes on top.
    assertThat(sent.get(60, TimeUnit.SECONDS)).isLessThan(50L * LIMIT);
  }

  @Test
  void aBodyThatUnpacksToAHundredTimesTheLimitIsCutOff() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write('{');
      byte[] blanks = new byte[LIMIT];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 100; i++) {
        gzip.write(blanks);
      }
    }
    assertThat(packed.size()).isLessThan(LIMIT / 4);
    answer =
        call -> {
          call.getResponseHeaders().set("Content-Encoding", "gzip");
          send(call, "application/json", packed.toByteArray());
        };

    assertThat(sync().failure())
        .get()
        .asString()
        .contains("the answer is larger than " + LIMIT + " bytes");
  }

  @Test
  void aSerializedObjectIsNotMadeOne() throws Exception {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    new ObjectOutputStream(object).writeObject(new Canary());
    for (int status : new int[] {200, 500}) {
      answer =
          call -> send(call, status, "application/x-java-serialized-object", object.toByteArray());

      assertThat(sync().failure()).isPresent();
      assertThat(REVIVED).isFalse();
    }
  }

  @Test
  void hintsAtClassesAreText() throws Exception {
    String record =
        "{\"type\":\"customer\",\"id\":\"66f1\",\"@class\":\"java.lang.ProcessBuilder\","
            + "\"attributes\":{\"rev\":1,\"updatedAt\":\"2025-03-02T08:44:10.907Z\","
            + "\"name\":[\"java.net.URL\",\"http://127.0.0.1:1/\"],"
            + "\"@type\":\"javax.script.ScriptEngineManager\","
            + "\"title\":{\"@class\":\"java.net.URL\",\"val\":\"http://127.0.0.1:1/\"}}}";
    answer =
        call ->
            send(
                call,
                "application/json",
                ("{\"meta\":{\"total\":1,\"pageSize\":100},\"data\":[" + record + "]}")
                    .getBytes(UTF_8));

    assertThat(sync().failure()).isEmpty();

    assertThat(row("name, title, type, raw"))
        .containsExactly(
            "[\"java.net.URL\",\"http://127.0.0.1:1/\"]",
            "{\"@class\":\"java.net.URL\",\"val\":\"http://127.0.0.1:1/\"}",
            "javax.script.ScriptEngineManager",
            record);
  }

  /** A header of the answer would otherwise steer the next call or a sink. */
  @Test
  void headersOfAnswersNamedAsCamelsOwnSteerNothing() throws Exception {
    List<String> calls = new ArrayList<>();
    answer =
        call -> {
          calls.add(call.getRequestMethod());
          for (String name : List.of("CamelHttpUri", "cAmElHttpUri", "org.apache.camel.HttpUri")) {
            call.getResponseHeaders().set(name, elsewhere());
          }
          call.getResponseHeaders().set("CamelHttpMethod", "DELETE");
          call.getResponseHeaders().set("CamelHttpPath", "/stolen");
          send(call, calls.size() < 3 ? 500 : 200, "application/json", "{\"data\":[]}".getBytes());
        };

    sync();

    assertThat(calls).hasSizeGreaterThan(1).containsOnly("POST");
    assertThat(stolen).isEmpty();
  }

  /** Else an error would pass for a page. */
  @Test
  void aHeaderNamedAsCamelsStatusDoesNotStandInForTheAnswersOwn() throws Exception {
    answer =
        call -> {
          call.getResponseHeaders().set("CamelHttpResponseCode", "200");
          send(call, 403, "application/json", "{\"data\":[]}".getBytes());
        };

    assertThat(sync().failure()).get().asString().contains("answered 403");
  }

  @Test
  void noRedirectIsFollowedSoTheTokenStaysWithItsHost() throws Exception {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      answer =
          call -> {
            call.getResponseHeaders().set("Location", elsewhere() + "/v1/customers/search");
            send(call, status, "application/json", "{\"data\":[]}".getBytes());
          };

      assertThat(sync().failure()).get().asString().contains("Redirects are refused");
    }
    assertThat(stolen).isEmpty();
  }

  private String elsewhere() {
    return "http://127.0.0.1:" + other.getAddress().getPort();
  }

  private static void send(HttpExchange call, String type, byte[] body) throws IOException {
    send(call, 200, type, body);
  }

  private static void send(HttpExchange call, int status, String type, byte[] body)
      throws IOException {
    call.getResponseHeaders().set("Content-Type", type);
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  private Result sync() throws Exception {
    Settings settings =
        new SettingsReader(
                folder, Map.of("KUSTOMER_API_TOKEN", "token"), Clock.systemUTC(), text -> {})
            .read(
                List.of(
                    "kustomer.url=http://127.0.0.1:" + server.getAddress().getPort(),
                    "kustomer.routes=" + Path.of("routes").toAbsolutePath(),
                    "kustomer.start-date=2025-01-25",
                    "kustomer.max-answer-size=1MB",
                    "kustomer.retries=2",
                    "kustomer.database.url=" + url()),
                Set.of());
    try (Connector connector = CamelConnector.start(settings)) {
      return connector
          .polling()
          .sync(
              TableChoice.choose(List.of("customers"), null, connector.source()).get(0),
              Polling.Listener.NONE);
    }
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("data");
  }

  private List<String> row(String columns) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        ResultSet rows =
            connection.createStatement().executeQuery("select " + columns + " from customers")) {
      assertThat(rows.next()).isTrue();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        values.add(rows.getString(i));
      }
      return values;
    }
  }
}
