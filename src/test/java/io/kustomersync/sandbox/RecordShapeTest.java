package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The irregular shapes of records: traps 27-35. */
class RecordShapeTest {
  private static SandboxKustomer sandbox;
  private static Map<String, List<JsonNode>> records;

  @BeforeAll
  static void start() {
    SandboxOptions options =
        SandboxOptions.empty()
            .clock(new SettableClock("2026-06-01T12:00:00Z"))
            .span(Instant.parse("2025-06-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"))
            .searchLag(Duration.ZERO)
            .klassesOfEveryStatus(200)
            .with(Quirk.NO_LIMITS);
    List.of("customers", "conversations", "messages", "notes", "companies")
        .forEach(kind -> options.count(kind, 400));
    sandbox = SandboxKustomer.start(options);
    SandboxClient client = new SandboxClient(sandbox);
    records =
        List.of("customer", "conversation", "message", "note", "kobject").stream()
            .collect(Collectors.toMap(Function.identity(), k -> client.keyset(k, k, false)));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  /** The kinds of JSON value that occur in one place. */
  private static Set<String> shapes(String kind, String pointer) {
    return records.get(kind).stream()
        .map(record -> record.at(pointer))
        .map(
            value ->
                value.isContainerNode() && value.isEmpty()
                    ? value.toString()
                    : value.getNodeType().toString())
        .collect(Collectors.toSet());
  }

  @Test
  void modifiedAtIsAbsentOnRecordsThatNobodyEditedAndNeverAfterUpdatedAt() {
    assertThat(shapes("customer", "/attributes/modifiedAt"))
        .containsExactlyInAnyOrder("MISSING", "STRING");
    assertThat(records.get("customer"))
        .allMatch(
            r ->
                r.at("/attributes/modifiedAt")
                        .asText("")
                        .compareTo(r.at("/attributes/updatedAt").asText())
                    <= 0);
  }

  @Test
  void importedRecordsAreYearsOlderThanTheirIds() {
    List<JsonNode> imported =
        records.get("customer").stream()
            .filter(r -> r.at("/attributes").has("importedAt"))
            .toList();
    assertThat(imported).isNotEmpty();
    assertThat(imported)
        .allSatisfy(
            r -> {
              Instant created = Instant.parse(r.at("/attributes/createdAt").asText());
              Instant inId =
                  Instant.ofEpochSecond(Long.parseLong(r.path("id").asText().substring(0, 8), 16));
              assertThat(created).isBefore(inId.minus(Duration.ofDays(900)));
              assertThat(created).isBefore(Instant.parse(r.at("/attributes/importedAt").asText()));
            });
  }

  @Test
  void emptinessHasManyFaces() {
    assertThat(shapes("customer", "/attributes/preview")).contains("{}", "NULL", "OBJECT");
    assertThat(shapes("customer", "/attributes/recentLocation"))
        .containsExactlyInAnyOrder("MISSING", "{}", "OBJECT");
    assertThat(shapes("customer", "/attributes/phones")).containsExactlyInAnyOrder("[]", "ARRAY");
    assertThat(shapes("message", "/attributes/custom")).contains("MISSING", "{}", "NULL", "OBJECT");
    assertThat(records.get("customer"))
        .anyMatch(r -> r.at("/attributes/preview/$init").asBoolean());
  }

  @Test
  void klassOfAKobjectHasLinkAndItsNameAsId() {
    assertThat(records.get("kobject"))
        .allSatisfy(
            r -> {
              String name = r.path("type").asText().substring("kobject.".length());
              assertThat(r.at("/relationships/klass/data/id").asText()).isEqualTo(name);
              assertThat(r.at("/relationships/klass").has("links")).isFalse();
              assertThat(r.at("/relationships/klass/link/self").asText())
                  .isEqualTo("/v1/klasses/" + name);
              assertThat(r.at("/links/self").asText())
                  .isEqualTo("/v1/klasses/" + name + "s/" + r.path("id").asText());
            });
  }

  @Test
  void selfLinksOfKobjectsWorkInTheSingularToo() {
    SandboxClient client = new SandboxClient(sandbox);
    JsonNode order = records.get("kobject").get(0);
    String plural = order.at("/links/self").asText();
    String singular =
        plural.replace("s/" + order.path("id").asText(), "/" + order.path("id").asText());
    assertThat(client.read(plural).path("data")).isEqualTo(order);
    assertThat(client.read(singular).path("data")).isEqualTo(order);
  }

  @Test
  void messagesPointToCustomersInThePluralAndToTheCustomerOfTheirConversation() {
    Map<String, String> customerOf =
        records.get("conversation").stream()
            .collect(
                Collectors.toMap(
                    r -> r.path("id").asText(),
                    r -> r.at("/relationships/customer/data/id").asText()));
    assertThat(records.get("message"))
        .allSatisfy(
            r -> {
              assertThat(r.at("/relationships/customer/data/type").asText()).isEqualTo("customers");
              assertThat(r.at("/relationships/customer/data/id").asText())
                  .isEqualTo(customerOf.get(r.at("/relationships/conversation/data/id").asText()));
            });
  }

  @Test
  void recipientsAreAListOrAnObjectOrText() {
    assertThat(shapes("message", "/attributes/meta/to"))
        .containsExactlyInAnyOrder("ARRAY", "OBJECT", "STRING");
    assertThat(shapes("message", "/attributes/meta/cc"))
        .containsExactlyInAnyOrder("[]", "OBJECT", "STRING");
  }

  @Test
  void customersHaveOneRelationshipPerClassWithoutData() {
    assertThat(shapes("customer", "/relationships/shopify-orders"))
        .containsExactlyInAnyOrder("MISSING", "OBJECT");
    assertThat(records.get("customer"))
        .noneMatch(r -> r.at("/relationships/shopify-orders").has("data"))
        .noneMatch(r -> r.at("/relationships/messages").has("data"));
  }

  @Test
  void slaIsBothAnAttributeAndARelationship() {
    assertThat(records.get("conversation"))
        .anyMatch(
            r ->
                r.at("/attributes/sla").has("name")
                    && r.at("/relationships/sla/data").has("id")
                    && !r.at("/relationships/slaVersion").has("links"));
  }

  @Test
  void customFieldsVaryAndNewOnesComeLate() {
    assertThat(shapes("customer", "/attributes/custom/ordersId"))
        .containsExactlyInAnyOrder("[]", "ARRAY", "STRING");
    assertThat(records.get("customer").stream().map(this::amount).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(true, false);
    List<Integer> lengths =
        records.get("customer").stream()
            .map(r -> r.at("/attributes/custom/lastOrderAt").asText().length())
            .distinct()
            .toList();
    assertThat(lengths).containsExactlyInAnyOrder(10, 24, 25);
    List<Boolean> late =
        records.get("customer").stream()
            .map(r -> r.at("/attributes/custom").has("campaignStr"))
            .toList();
    assertThat(late.indexOf(true)).isGreaterThan(200);
  }

  private boolean amount(JsonNode customer) {
    return customer.at("/attributes/custom/lifetimeValueNum").isIntegralNumber();
  }

  @Test
  void textIsEscapedAndBeyondAscii() {
    List<String> subjects =
        records.get("message").stream().map(r -> r.at("/attributes/subject").asText()).toList();
    assertThat(subjects).contains("Thanks \uD83D\uDE4F", "Wrong size \"XL\"", "Address\nchange");
  }
}
