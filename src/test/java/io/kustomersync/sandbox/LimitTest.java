package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.ResetHeader;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate limits: traps 39-42. */
class LimitTest {
  private static final String LIMIT = "x-ratelimit-limit";
  private static final String LEFT = "x-ratelimit-remaining";
  private static final String RESET = "x-ratelimit-reset";

  private final SettableClock clock = new SettableClock("2026-06-01T12:00:10Z");
  private SandboxKustomer sandbox;
  private SandboxClient client;

  private void start(SandboxOptions options) {
    sandbox = SandboxKustomer.start(options.clock(clock).count("notes", 5));
    client = new SandboxClient(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void everyAnswerTellsTheLimitErrorsToo() {
    start(SandboxOptions.empty().orgLimit(50));
    assertThat(header(client.get("/v1/notes"), LIMIT)).isEqualTo("50");
    assertThat(header(client.get("/v1/notes/none"), LEFT)).isEqualTo("48");
    assertThat(header(client.search("["), LEFT)).isEqualTo("47");
    assertThat(header(client.post("/v1/notes", "{}"), LEFT)).isEqualTo("46");
    HttpResponse<String> unknown = new SandboxClient(sandbox, "wrong").get("/v1/notes");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(header(unknown, LIMIT)).isEqualTo("50");
    assertThat(header(client.get("/v1/notes"), RESET)).isEqualTo("none");
  }

  @Test
  void callsOfOthersDrawFromTheSameWindowWhichEndsAfterAMinute() {
    start(SandboxOptions.empty().orgLimit(50));
    sandbox.consume("org", 49);
    assertThat(header(client.get("/v1/notes"), LEFT)).isEqualTo("0");
    HttpResponse<String> limited = client.get("/v1/notes");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.body()).contains("ratelimit");
    assertThat(header(limited, RESET)).isEqualTo("1780315260");
    assertThat(header(limited, "retry-after")).isEqualTo("none");
    clock.advance(Duration.ofSeconds(50));
    HttpResponse<String> next = client.get("/v1/notes");
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(header(next, LEFT)).isEqualTo("49");
  }

  @Test
  void searchHasItsOwnBudgetAndLimitedCallsLeaveTheWalkWhereItWas() {
    start(SandboxOptions.empty().searchLimit(3));
    String body = "{\"queryContext\":\"note\"}";
    String first = client.search(body).body();
    client.search(body);
    client.search(body);
    HttpResponse<String> limited = client.search(body);
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(header(limited, LEFT)).isEqualTo("997");
    assertThat(client.get("/v1/notes").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.search(body).body()).isEqualTo(first);
  }

  @Test
  void searchAnswersMayTellTheSearchPool() {
    start(SandboxOptions.empty().with(Quirk.SEARCH_POOL_HEADERS));
    assertThat(header(client.search("{}"), LIMIT)).isEqualTo("100");
    assertThat(header(client.get("/v1/notes"), LIMIT)).isEqualTo("1000");
  }

  @Test
  void resetComesInOtherUnitsOrWithEveryAnswerOrWithRetryAfter() {
    start(
        SandboxOptions.empty()
            .orgLimit(1)
            .resetHeader(ResetHeader.DELTA_SECONDS)
            .with(Quirk.RESET_ON_SUCCESS, Quirk.RETRY_AFTER));
    assertThat(header(client.get("/v1/notes"), RESET)).isEqualTo("50");
    assertThat(header(client.get("/v1/notes"), "retry-after")).isEqualTo("50");
    sandbox.close();
    start(SandboxOptions.empty().orgLimit(0).resetHeader(ResetHeader.EPOCH_MILLIS));
    assertThat(header(client.get("/v1/notes"), RESET)).isEqualTo("1780315260000");
    sandbox.close();
    start(SandboxOptions.empty().orgLimit(0).resetHeader(ResetHeader.ABSENT));
    assertThat(header(client.get("/v1/notes"), RESET)).isEqualTo("none");
  }

  @Test
  void limitsCanBeOff() {
    start(SandboxOptions.empty().orgLimit(0).with(Quirk.NO_LIMITS));
    assertThat(client.get("/v1/notes").statusCode()).isEqualTo(200);
  }
}
