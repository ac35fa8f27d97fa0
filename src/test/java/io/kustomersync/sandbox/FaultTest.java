package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can go wrong on the way, and the controls over HTTP: traps 42, 43, 45, 50. */
class FaultTest {
  private static final String NOTES =
      "{\"queryContext\":\"note\",\"sort\":[{\"note_updated_at\":\"asc\"}]}";

  private final SandboxKustomer sandbox =
      SandboxKustomer.start(
          SandboxOptions.empty()
              .clock(new SettableClock("2026-06-01T12:00:00Z"))
              .span(Instant.parse("2025-06-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"))
              .count("notes", 250)
              .count("tags", 3)
              .searchLag(Duration.ZERO));
  private final SandboxClient client = new SandboxClient(sandbox);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static boolean hasRateHeaders(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-ratelimit-remaining").isPresent();
  }

  @Test
  void a429IsSentSoManyTimesAndTheWalkGoesOnAtTheSamePage() {
    String expected = client.post("/v1/customers/search?page=2", NOTES).body();
    sandbox.fail(Fault.status(429).times(2).withoutRateHeaders().onPage(2));
    assertThat(client.post("/v1/customers/search?page=1", NOTES).statusCode()).isEqualTo(200);
    HttpResponse<String> limited = client.post("/v1/customers/search?page=2", NOTES);
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(hasRateHeaders(limited)).isFalse();
    assertThat(client.post("/v1/customers/search?page=2", NOTES).statusCode()).isEqualTo(429);
    assertThat(client.post("/v1/customers/search?page=2", NOTES).body()).isEqualTo(expected);
  }

  @Test
  void serverErrorsComeAsHtml() {
    sandbox.fail(Fault.html(502));
    HttpResponse<String> answer = client.get("/v1/notes");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("content-type")).contains("text/html");
    assertThat(answer.body()).startsWith("<html>");
    assertThat(client.get("/v1/notes").statusCode()).isEqualTo(200);
  }

  @Test
  void faultsPickTheirCallsByPathAndBody() {
    sandbox.fail(Fault.status(401).onPath("/tags"));
    sandbox.fail(Fault.status(500).onBody("\"note\""));
    assertThat(client.get("/v1/notes").statusCode()).isEqualTo(200);
    assertThat(client.get("/v1/tags").statusCode()).isEqualTo(401);
    assertThat(client.search("{}").statusCode()).isEqualTo(200);
    assertThat(client.search(NOTES).statusCode()).isEqualTo(500);
    sandbox.fail(Fault.status(500));
    sandbox.clearFaults();
    assertThat(client.get("/v1/notes").statusCode()).isEqualTo(200);
  }

  @Test
  void aTimedOutSearchSaysSoAndHasFewerRowsThanAsked() {
    sandbox.fail(Fault.timedOut(30));
    JsonNode page = client.found(NOTES);
    assertThat(page.at("/meta/timed_out").asBoolean()).isTrue();
    assertThat(page.path("data")).hasSize(70);
    assertThat(page.at("/meta/total").asInt()).isEqualTo(250);
    sandbox.fail(Fault.fewerRows(1));
    JsonNode silent = client.found(NOTES);
    assertThat(silent.at("/meta/timed_out").asBoolean()).isFalse();
    assertThat(silent.path("data")).hasSize(99);
  }

  @Test
  void theConnectionEndsBeforeOrWithinTheAnswer() {
    sandbox.fail(Fault.drop().times(5));
    assertThatThrownBy(() -> client.send(post())).isInstanceOf(IOException.class);
    sandbox.clearFaults();
    sandbox.fail(Fault.cut(1000));
    assertThatThrownBy(() -> client.send(post())).isInstanceOf(IOException.class);
    assertThat(client.search(NOTES).statusCode()).isEqualTo(200);
    assertThat(sandbox.requests().get(0).status()).isZero();
  }

  private HttpRequest.Builder post() {
    return client.request("/v1/customers/search").POST(HttpRequest.BodyPublishers.ofString(NOTES));
  }

  @Test
  void okMayBeEmptyOrHtmlOrHaveMoreBehindTheJson() {
    sandbox.fail(Fault.empty());
    assertThat(client.get("/v1/notes").body()).isEmpty();
    sandbox.fail(Fault.html(200));
    HttpResponse<String> html = client.get("/v1/notes");
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.body()).startsWith("<html>");
    sandbox.fail(Fault.trailing());
    assertThat(client.get("/v1/tags").body()).endsWith("}}{\"more\":1}");
  }

  @Test
  void aSlowAnswerIsLate() {
    sandbox.fail(Fault.slow(300));
    long start = System.nanoTime();
    client.get("/v1/tags");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void anAnswerMayNeverComeOrComeByteByByte() {
    sandbox.fail(Fault.silent(300).times(5));
    long start = System.nanoTime();
    assertThatThrownBy(() -> client.send(post())).isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    sandbox.clearFaults();
    sandbox.fail(Fault.drip(1).onPath("/tags"));
    start = System.nanoTime();
    String dripped = client.get("/v1/tags").body();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(dripped.length()));
    assertThat(dripped).isEqualTo(client.get("/v1/tags").body());
  }

  @Test
  void answersCarryAWeakEtagAndAreCompressedWhenAccepted() throws Exception {
    HttpResponse<String> plain = client.get("/v1/notes");
    assertThat(plain.headers().firstValue("etag").orElse("")).startsWith("W/\"");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    HttpResponse<byte[]> zipped =
        HttpClient.newHttpClient()
            .send(
                client.request("/v1/notes").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
    assertThat(unzipped).asString().isEqualTo(plain.body());
  }

  private HttpResponse<String> control(String path, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.url() + path));
    return client.ask(
        body.isEmpty() ? request : request.POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void anotherProcessCanChangeRecordsScriptFaultsAndReadTheJournal() {
    String created = control("/sandbox/create", "{\"kind\":\"tags\"}").body();
    assertThat(created).startsWith("{\"ids\":[\"");
    String id = created.replaceAll(".*\\[\"(.*)\"].*", "$1");
    control("/sandbox/update", "{\"kind\":\"tags\",\"id\":\"" + id + "\"}");
    control("/sandbox/delete", "{\"kind\":\"tags\",\"id\":\"" + id + "\"}");
    control("/sandbox/bulk", "{\"kind\":\"tags\",\"n\":2,\"at\":\"2030-01-01T00:00:00Z\"}");
    String journal = control("/sandbox/journal?kind=tags", "").body();
    assertThat(journal.lines()).hasSize(4);
    assertThat(journal).contains("\"updatedAt\":\"2030-01-01T00:00:00.000Z\"");
    assertThat(journal.lines().reduce((a, b) -> b).orElseThrow())
        .contains(id, "\"rev\":3", "\"deleted\":true");
    control("/sandbox/put", "{\"kind\":\"tags\",\"record\":{\"type\":\"tag\",\"id\":\"t1\"}}");
    assertThat(client.read("/v1/tags/t1").at("/data/type").asText()).isEqualTo("tag");
    control("/sandbox/fail", "{\"fault\":\"STATUS\",\"number\":503}");
    assertThat(client.get("/v1/tags").statusCode()).isEqualTo(503);
    control("/sandbox/consume", "{\"pool\":\"org\",\"n\":1000}");
    assertThat(client.get("/v1/tags").statusCode()).isEqualTo(429);
    JsonNode stats = SandboxClient.json(control("/sandbox/stats", ""));
    assertThat(stats.path("calls").asInt()).isEqualTo(3);
    assertThat(stats.at("/byStatus/503").asInt()).isEqualTo(1);
    assertThat(stats.at("/live/tags").asInt()).isEqualTo(4);
  }

  @Test
  void aControlThatMakesNoSenseIsToldWhy() {
    HttpResponse<String> answer = control("/sandbox/create", "{\"kind\":\"dogs\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("dogs", "customers");
  }
}
