package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search body may say and what it means: traps 10-12, 17-19. */
class SearchSchemaTest {
  private static SandboxKustomer sandbox;
  private static SandboxClient client;

  @BeforeAll
  static void start() {
    sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .clock(new SettableClock("2026-06-01T12:00:00Z"))
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS));
    client = new SandboxClient(sandbox);
    put("a", "2026-02-28T22:59:59.999Z", "2026-01-01T00:00:00.000Z");
    put("b", "2026-02-28T23:00:00.000Z", "2026-01-02T00:00:00.000Z");
    put("c", "2026-03-01T00:00:00.000Z", "2026-01-03T00:00:00.000Z");
    put("d", "2026-03-01T00:00:00.001Z", "2026-01-04T00:00:00.000Z");
  }

  private static void put(String id, String updatedAt, String createdAt) {
    sandbox.put(
        "notes",
        """
        {"type":"note","id":"%s","attributes":{"updatedAt":"%s","createdAt":"%s","rev":1}}"""
            .formatted(id, updatedAt, createdAt));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static List<String> ids(String rest) {
    return SandboxClient.ids(
        client.found(
            "{\"queryContext\":\"note\",\"sort\":[{\"note_updated_at\":\"asc\"}]," + rest + "}"));
  }

  private static List<String> updated(String operator, String operand) {
    return ids("\"and\":[{\"note_updated_at\":{\"%s\":\"%s\"}}]".formatted(operator, operand));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"unknown\":1}",
        "{\"and\":[{\"customer_shoe_size\":{\"gte\":\"2026-01-01\"}}]}",
        "{\"and\":[{\"customer_updated_at\":{\"between\":\"2026-01-01\"}}]}",
        "{\"and\":[{\"customer_updated_at\":{\"contains\":\"2026-01-01\"}}]}",
        "{\"and\":[{\"customer_updated_at\":{\"gte\":\"yesterday\"}}]}",
        "{\"and\":[{\"customer_updated_at\":{\"gte\":1772323200000}}]}",
        "{\"and\":[{\"customer_updated_at\":\"2026-01-01\"}]}",
        "{\"and\":[{\"customer_updated_at\":{\"gte\":\"2026-01-01\"}},"
            + "{\"customer_updated_at\":{\"gte\":\"2026-01-01\"}}]}",
        "{\"sort\":[{\"customer_updated_at\":\"up\"}]}",
        "{\"queryContext\":\"users\"}",
        "{\"includeDeleted\":\"yes\"}",
        "{\"timeZone\":\"Mars\"}",
        "not json",
        ""
      })
  void whatTheSchemaDoesNotKnowIs400(String body) {
    var answer = client.search(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(SandboxClient.json(answer).path("errors")).hasSize(1);
  }

  @Test
  void twentyClausesAndFiveSortsAreTheMost() {
    assertThat(client.search("{\"and\":[" + clauses(20) + "]}").statusCode()).isEqualTo(200);
    for (String key : List.of("and", "or", "not")) {
      assertThat(client.search("{\"" + key + "\":[" + clauses(21) + "]}").statusCode())
          .isEqualTo(400);
    }
    String sorts =
        "{\"customer_updated_at\":\"asc\"},{\"customer_updated_at\":\"desc\"},"
            + "{\"customer_created_at\":\"asc\"},{\"customer_created_at\":\"desc\"}";
    assertThat(client.search("{\"sort\":[" + sorts + "]}").statusCode()).isEqualTo(200);
    assertThat(client.search("{\"sort\":[" + sorts + ",{},{}]}").statusCode()).isEqualTo(400);
  }

  private static String clauses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"customer_updated_at\":{\"gte\":\"2026-01-%02d\"}}".formatted(i + 1))
        .collect(Collectors.joining(","));
  }

  @Test
  void anEmptyOrBesideAndEmptiesNothing() {
    String and = "\"and\":[{\"note_updated_at\":{\"gte\":\"2026-03-01\"}}]";
    assertThat(ids(and + ",\"or\":[]")).isEqualTo(ids(and)).containsExactly("c", "d");
  }

  @Test
  void orAndNotSelect() {
    assertThat(
            ids(
                "\"or\":[{\"note_updated_at\":{\"lt\":\"2026-02-28T23:00:00Z\"}},"
                    + "{\"note_updated_at\":{\"gt\":\"2026-03-01T00:00:00Z\"}}]"))
        .containsExactly("a", "d");
    assertThat(ids("\"not\":{\"note_created_at\":{\"gte\":\"2026-01-03\"}}"))
        .containsExactly("a", "b");
  }

  @Test
  void gteIncludesTheBoundAndGtExcludesItToTheMillisecond() {
    assertThat(updated("gte", "2026-03-01T00:00:00.000Z")).containsExactly("c", "d");
    assertThat(updated("gt", "2026-03-01T00:00:00.000Z")).containsExactly("d");
    assertThat(updated("lte", "2026-03-01T00:00:00.000Z")).containsExactly("a", "b", "c");
    assertThat(updated("lt", "2026-03-01T00:00:00.000Z")).containsExactly("a", "b");
    assertThat(updated("equals", "2026-03-01T00:00:00.001Z")).containsExactly("d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01",
        "2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00.000Z",
        "2026-03-01T00:00:00.000000Z",
        "2026-03-01T00:00:00+00:00",
        "2026-03-01 00:00:00+00:00",
        "2026-03-01T01:00:00+01:00"
      })
  void datesAreAcceptedInEveryFormThatClientsSend(String operand) {
    assertThat(updated("gte", operand)).containsExactly("c", "d");
  }

  @Test
  void timeZoneShiftsPlainDatesAndNothingElse() {
    String zone = ",\"timeZone\":\"Europe/Berlin\"";
    assertThat(ids("\"and\":[{\"note_updated_at\":{\"gte\":\"2026-03-01\"}}]" + zone))
        .containsExactly("b", "c", "d");
    assertThat(ids("\"and\":[{\"note_updated_at\":{\"gte\":\"2026-03-01T00:00:00Z\"}}]" + zone))
        .containsExactly("c", "d");
  }

  @Test
  void searchesByCreatedAtAndSortsByIt() {
    JsonNode page =
        client.found(
            "{\"queryContext\":\"note\",\"and\":{\"note_created_at\":{\"gte\":\"2026-01-02\"}},"
                + "\"sort\":{\"note_created_at\":\"desc\"}}");
    assertThat(SandboxClient.ids(page)).containsExactly("d", "c", "b");
    assertThat(page.at("/meta/total").asInt()).isEqualTo(3);
  }

  @Test
  void withoutContextItSearchesCustomersAndWithoutSortTheNewestComeFirst() {
    sandbox.put("customers", "{\"type\":\"customer\",\"id\":\"k\",\"attributes\":{}}");
    assertThat(SandboxClient.ids(client.found("{}"))).containsExactly("k");
    assertThat(SandboxClient.ids(client.found("{\"queryContext\":\"note\"}")))
        .containsExactly("d", "c", "b", "a");
    assertThat(client.found("{\"queryContext\":\"work_item\"}").path("data")).isEmpty();
  }
}
