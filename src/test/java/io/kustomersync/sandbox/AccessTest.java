package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys, roles and what may be asked at all: traps 1-5, 44. */
class AccessTest {
  private static SandboxKustomer sandbox;

  @BeforeAll
  static void start() {
    sandbox =
        SandboxKustomer.start(
            SandboxOptions.demo()
                .with(Quirk.NO_LIMITS)
                .tokens(
                    Token.all("sandbox-token"),
                    Token.of("no-roles"),
                    Token.of("legacy", "org.user"),
                    Token.of("notes-only", "org.permission.note.read"),
                    Token.of("search-notes", "org.user.search.read", "org.permission.note.read"),
                    Token.of("one-klass", "org.permission.kobject.kobject_order.read"),
                    new Token("european", Set.of("*"), "prod2", false),
                    new Token("expired", Set.of("*"), "prod1", true)));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static SandboxClient as(String token) {
    return new SandboxClient(sandbox, token);
  }

  private static int status(String token, String path) {
    return as(token).get(path).statusCode();
  }

  @Test
  void missingMalformedUnknownAndExpiredTokensAre401WithErrors() {
    SandboxClient client = as("unknown");
    HttpResponse<String> missing =
        client.ask(HttpRequest.newBuilder(client.request("/v1/customers").build().uri()));
    HttpResponse<String> malformed =
        client.ask(client.request("/v1/customers").setHeader("Authorization", "sandbox-token"));
    for (HttpResponse<String> answer : List.of(missing, malformed, client.get("/v1/customers"))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(SandboxClient.json(answer).path("errors")).hasSize(1);
    }
    assertThat(as("expired").get("/v1/customers").body()).contains("Expired token");
  }

  @Test
  void aMissingRoleIs403OnThatFamilyOnly() {
    assertThat(status("notes-only", "/v1/notes")).isEqualTo(200);
    assertThat(status("notes-only", "/v1/customers")).isEqualTo(403);
    assertThat(status("notes-only", "/v1/metadata/customer")).isEqualTo(403);
    assertThat(as("notes-only").search("{}").statusCode()).isEqualTo(403);
    assertThat(as("search-notes").search("{\"queryContext\":\"note\"}").statusCode())
        .isEqualTo(200);
    assertThat(as("search-notes").search("{\"queryContext\":\"customer\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void theBroadLegacyRoleCoversAllButUsersAndTeams() {
    assertThat(status("legacy", "/v1/customers")).isEqualTo(200);
    assertThat(status("legacy", "/v1/klasses")).isEqualTo(200);
    assertThat(status("legacy", "/v1/users")).isEqualTo(403);
    assertThat(status("legacy", "/v1/teams")).isEqualTo(403);
  }

  @Test
  void oneKobjectCanBeOpenedByTheRoleOfItsClass() {
    String order = sandbox.journal("kobject_order").get(0).id();
    assertThat(status("one-klass", "/v1/klasses/orders/" + order)).isEqualTo(200);
    assertThat(status("one-klass", "/v1/klasses/orders")).isEqualTo(403);
  }

  @Test
  void aTokenOfAnotherRegionIsToldBothPods() {
    HttpResponse<String> answer = as("european").get("/v1/customers");
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).contains("prod1", "prod2");
  }

  @Test
  void anyValidTokenMayAskAboutItself() {
    assertThat(status("no-roles", "/v1/auth/tokens/current")).isEqualTo(200);
    assertThat(status("no-roles", "/v1/orgs/current")).isEqualTo(200);
    assertThat(status("expired", "/v1/auth/tokens/current")).isEqualTo(401);
  }

  @Test
  void trailingSlashAndBodyNullOnGetAreTolerated() {
    SandboxClient client = as("sandbox-token");
    HttpResponse<String> answer =
        client.ask(
            client
                .request("/v1/users/current/")
                .method("GET", HttpRequest.BodyPublishers.ofString("null")));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void anythingThatWritesIsRefusedAndRemembered() {
    SandboxClient client = as("sandbox-token");
    assertThat(sandbox.violations()).isEmpty();
    assertThat(client.post("/v1/customers", "{}").statusCode()).isEqualTo(405);
    assertThat(client.ask(client.request("/v1/customers/x").DELETE()).statusCode()).isEqualTo(405);
    assertThat(client.search("{}").statusCode()).isEqualTo(200);
    assertThat(sandbox.violations())
        .extracting(ServedCall::method)
        .containsExactly("POST", "DELETE");
  }

  @Test
  void errorsComeInSeveralShapes() {
    SandboxClient client = as("sandbox-token");
    JsonNode notFound = SandboxClient.json(client.get("/v1/customers/externalId=nobody"));
    assertThat(notFound.at("/errors/0/status").isInt()).isTrue();
    assertThat(notFound.at("/errors/0/source/parameter").asText()).isEqualTo("externalId");
    JsonNode forbidden = SandboxClient.json(as("no-roles").get("/v1/notes"));
    assertThat(forbidden.at("/errors/0/status").isTextual()).isTrue();
    JsonNode badRequest = SandboxClient.json(client.search("[]"));
    assertThat(badRequest.at("/errors/0/status").isMissingNode()).isTrue();
    assertThat(badRequest.at("/errors/0/message").isTextual()).isTrue();
  }
}
