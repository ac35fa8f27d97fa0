package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lag, deletes, the two-year horizon, merges and what a KObject does: traps 21-22, 24-26. */
class TimeTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
  private SandboxKustomer sandbox;
  private SandboxClient client;

  private void start(SandboxOptions options) {
    sandbox = SandboxKustomer.start(options.clock(clock).with(Quirk.NO_LIMITS));
    client = new SandboxClient(sandbox);
  }

  private static SandboxOptions data() {
    return SandboxOptions.empty()
        .span(Instant.parse("2025-06-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"))
        .count("customers", 40)
        .count("conversations", 200)
        .count("messages", 40)
        .count("notes", 40);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private List<String> since(String object, String from, boolean includeDeleted) {
    return SandboxClient.ids(
        client.found(
            """
            {"queryContext":"%s","and":[{"%s_updated_at":{"gte":"%s"}}],"includeDeleted":%s}"""
                .formatted(object, object, from, includeDeleted)));
  }

  private int rev(JsonNode record) {
    return record.at("/attributes/rev").asInt();
  }

  @Test
  void searchSeesAWriteOnlyAfterTheLagWhileReadsByIdAndListsSeeItAtOnce() {
    start(data().searchLag(Duration.ofSeconds(60)));
    String id = sandbox.journal("customers").get(7).id();
    JsonNode before = client.read("/v1/customers/" + id).path("data");
    sandbox.update("customers", id, NOW);
    String created = sandbox.create("customers", 1, NOW).get(0);

    assertThat(rev(client.read("/v1/customers/" + id).path("data"))).isEqualTo(rev(before) + 1);
    assertThat(SandboxClient.ids(client.read("/v1/customers"))).contains(created);
    clock.advance(Duration.ofSeconds(59));
    assertThat(since("customer", "2026-06-01", false)).isEmpty();
    assertThat(since("customer", before.at("/attributes/updatedAt").asText(), false)).contains(id);
    clock.advance(Duration.ofSeconds(1));
    assertThat(since("customer", "2026-06-01", false)).containsExactlyInAnyOrder(id, created);
  }

  @Test
  void lateRowsAppearBeforeRowsThatWereReadAlready() {
    start(data().searchLag(Duration.ofSeconds(30)));
    String late = sandbox.update("customers", 1, NOW.minusSeconds(20)).get(0);
    clock.advance(Duration.ofSeconds(10));
    String later = sandbox.update("customers", 1, NOW.minusSeconds(40)).get(0);
    clock.advance(Duration.ofSeconds(20));
    assertThat(since("customer", "2026-06-01", false)).containsExactly(late);
    clock.advance(Duration.ofSeconds(10));
    assertThat(since("customer", "2026-06-01", false)).containsExactly(late, later);
  }

  @Test
  void deletedRecordsAreFoundOnlyWithIncludeDeleted() {
    start(data().searchLag(Duration.ZERO));
    String id = sandbox.delete("conversations", 1, NOW).get(0);
    assertThat(since("conversation", "2025-01-01", false)).doesNotContain(id);
    assertThat(since("conversation", "2026-06-01", true)).containsExactly(id);
    assertThat(client.get("/v1/conversations/" + id).statusCode()).isEqualTo(404);
    JsonNode gone =
        client
            .found("{\"queryContext\":\"conversation\",\"includeDeleted\":true}")
            .at("/data/0/attributes");
    assertThat(gone.path("deleted").asBoolean()).isTrue();
    assertThat(gone.path("updatedAt").asText()).isEqualTo("2026-06-01T12:00:00.000Z");
  }

  @Test
  void deletedMessagesAreGoneForGoodUnlessAskedOtherwise() {
    start(data().searchLag(Duration.ZERO));
    String id = sandbox.delete("messages", 1, NOW).get(0);
    assertThat(since("message", "2025-01-01", true)).hasSize(39).doesNotContain(id);
    assertThat(sandbox.journal("messages").stream().filter(e -> e.id().equals(id)))
        .allMatch(e -> e.deleted() && !e.findable());
    sandbox.close();
    start(data().searchLag(Duration.ZERO).with(Quirk.ALL_DELETED_FINDABLE));
    String findable = sandbox.delete("messages", 1, NOW).get(0);
    assertThat(since("message", "2026-06-01", true)).containsExactly(findable);
  }

  private Set<String> searchAll(String path, String object) {
    String body = "{\"queryContext\":\"%s\"}".formatted(object);
    return Set.copyOf(
        SandboxClient.ids(SandboxClient.json(client.post(path + "?pageSize=500", body))));
  }

  private static SandboxOptions fourYears() {
    return SandboxOptions.empty()
        .span(Instant.parse("2022-06-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"))
        .count("customers", 400)
        .count("notes", 400)
        .searchLag(Duration.ZERO);
  }

  @Test
  void liveSearchReachesBackTwoYearsAndTheArchiveHasTheRest() {
    start(fourYears());
    Set<String> live = searchAll("/v1/customers/search", "customer");
    Set<String> archived = searchAll("/v1/customers/archive/search", "customer");
    assertThat(live).isNotEmpty().doesNotContainAnyElementsOf(archived);
    Set<String> both = new HashSet<>(live);
    both.addAll(archived);
    assertThat(archived).isNotEmpty();
    assertThat(both).hasSize(400);
    JsonNode oldest =
        client.found(SandboxClient.window("customer", "customer", "\"gte\":\"2020-01-01\""));
    assertThat(Instant.parse(oldest.at("/data/0/attributes/updatedAt").asText()))
        .isAfterOrEqualTo(Instant.parse("2024-06-01T12:00:00Z"));
  }

  @Test
  void liveAndArchiveMayOverlap() {
    start(fourYears().archiveOverlap(Duration.ofDays(30)));
    Set<String> live = searchAll("/v1/customers/search", "customer");
    assertThat(live).containsAnyElementsOf(searchAll("/v1/customers/archive/search", "customer"));
  }

  @Test
  void theArchiveRefusesNotesWhichOnlyTheirListHasWhenOld() {
    start(fourYears());
    assertThat(
            client.post("/v1/customers/archive/search", "{\"queryContext\":\"note\"}").statusCode())
        .isEqualTo(400);
    JsonNode first = client.read("/v1/notes").at("/data/0/attributes/updatedAt");
    assertThat(first.asText()).startsWith("2022");
  }

  @Test
  void theArchiveKnowsDeletedAndIdAndTheClassAttributes() {
    start(fourYears().klasses(Klass.of("order", "enabled", 50)));
    String id = sandbox.journal("customers").get(0).id();
    JsonNode found =
        SandboxClient.json(
            client.post(
                "/v1/customers/archive/search",
                "{\"and\":[{\"customer_id\":{\"equals\":\"%s\"}},".formatted(id)
                    + "{\"customer_deleted\":{\"equals\":false}}]}"));
    assertThat(SandboxClient.ids(found)).containsExactly(id);
    String body =
        """
        {"queryContext":"kobject_order","sort":[{"kobject_order_updated_at":"asc"}]}""";
    assertThat(client.post("/v1/customers/archive/search", body).statusCode()).isEqualTo(200);
    assertThat(client.search(body).statusCode()).isEqualTo(400);
  }

  @Test
  void aMergeRemovesTheSourceAndMovesItsConversations() {
    start(data().searchLag(Duration.ZERO));
    JsonNode conversation = client.read("/v1/conversations").at("/data/0");
    String source = conversation.at("/relationships/customer/data/id").asText();
    String target =
        sandbox.journal("customers").stream()
            .map(JournalEntry::id)
            .filter(id -> !id.equals(source))
            .findFirst()
            .orElseThrow();
    sandbox.merge(source, target, NOW);
    assertThat(client.get("/v1/customers/" + source).statusCode()).isEqualTo(404);
    JsonNode moved =
        client.read("/v1/conversations/" + conversation.path("id").asText()).path("data");
    assertThat(moved.at("/relationships/customer/data/id").asText()).isEqualTo(target);
    assertThat(moved.at("/attributes/updatedAt").asText()).isEqualTo("2026-06-01T12:00:00.000Z");
    assertThat(rev(moved)).isEqualTo(rev(conversation) + 1);
    assertThat(since("conversation", "2026-06-01", false)).contains(moved.path("id").asText());
  }

  @Test
  void aNewKobjectMovesItsCustomerButNotModifiedAt() {
    start(data().searchLag(Duration.ZERO).klasses(Klass.of("order", "enabled", 0)));
    List<JsonNode> before = client.keyset("customer", "customer", false);
    String order = sandbox.create("kobject_order", 1, NOW).get(0);
    String customer =
        client
            .read("/v1/klasses/order/" + order)
            .at("/data/relationships/customer/data/id")
            .asText();
    JsonNode then =
        before.stream()
            .filter(each -> each.path("id").asText().equals(customer))
            .findFirst()
            .orElseThrow();
    JsonNode now = client.read("/v1/customers/" + customer).path("data");
    assertThat(rev(now)).isEqualTo(rev(then) + 1);
    assertThat(now.at("/attributes/updatedAt").asText()).isEqualTo("2026-06-01T12:00:00.000Z");
    assertThat(now.at("/attributes/lastActivityAt").asText()).isEqualTo("2026-06-01T12:00:00.000Z");
    assertThat(now.at("/attributes/modifiedAt")).isEqualTo(then.at("/attributes/modifiedAt"));
  }

  @Test
  void aHandMadeRecordIsServedAsItStandsAndCanBeWrittenAndDeleted() {
    start(data().searchLag(Duration.ZERO));
    sandbox.put(
        "customers",
        """
        {"type":"customer","id":"mine","attributes":{"updatedAt":"2026-05-31T00:00:00.000Z","rev":4,"custom":{"bigNum":12345678901234567890.10}}}""");
    assertThat(client.get("/v1/customers/mine").body()).contains("12345678901234567890.10");
    sandbox.update("customers", "mine", NOW);
    assertThat(since("customer", "2026-05-31", false)).containsExactly("mine");
    assertThat(rev(client.read("/v1/customers/mine").path("data"))).isEqualTo(5);
    sandbox.delete("customers", "mine", NOW.plusSeconds(1));
    assertThat(since("customer", "2026-05-31", false)).isEmpty();
    assertThat(since("customer", "2026-05-31", true)).containsExactly("mine");
  }
}
