package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists, single records and classes: traps 6-9, 37, 38 and the page size. */
class ListTest {
  private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");
  private SandboxKustomer sandbox =
      SandboxKustomer.start(
          SandboxOptions.empty()
              .clock(clock)
              .searchLag(Duration.ZERO)
              .count("customers", 250)
              .count("conversations", 150)
              .count("users", 510)
              .count("notes", 3)
              .klassesOfEveryStatus(120)
              .with(Quirk.NO_LIMITS));
  private SandboxClient client = new SandboxClient(sandbox);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void linksAreRelativeBeginWithV1AndKeepOtherParameters() {
    JsonNode links = client.read("/v1/conversations?sort=desc&pageSize=50&page=2").path("links");
    assertThat(links.path("self").asText())
        .isEqualTo("/v1/conversations?sort=desc&page=2&pageSize=50");
    assertThat(links.path("next").asText())
        .isEqualTo("/v1/conversations?sort=desc&page=3&pageSize=50");
    assertThat(links.path("prev").asText())
        .isEqualTo("/v1/conversations?sort=desc&page=1&pageSize=50");
  }

  @Test
  void nextIsNullOnTheLastPageAndNotMissing() {
    JsonNode links = client.read("/v1/conversations?page=2").path("links");
    assertThat(links.has("next")).isTrue();
    assertThat(links.path("next").isNull()).isTrue();
    assertThat(client.read("/v1/conversations?page=9").path("data")).isEmpty();
  }

  @Test
  void onlyTheCustomersListHasTotals() {
    JsonNode customers = client.read("/v1/customers");
    assertThat(customers.at("/meta/total").asInt()).isEqualTo(250);
    assertThat(customers.at("/meta/totalPages").asInt()).isEqualTo(3);
    assertThat(customers.at("/links/last").asText()).isEqualTo("/v1/customers?page=3&pageSize=100");
    JsonNode conversations = client.read("/v1/conversations");
    assertThat(conversations.path("meta").fieldNames())
        .toIterable()
        .containsExactly("pageSize", "page");
    assertThat(conversations.path("links").has("last")).isFalse();
  }

  @Test
  void aPageHasAHundredRecordsUnlessSaidAndUsersAllowMore() {
    assertThat(client.read("/v1/customers").path("data")).hasSize(100);
    assertThat(client.get("/v1/customers?pageSize=101").statusCode()).isEqualTo(400);
    assertThat(client.read("/v1/users?pageSize=500").path("data")).hasSize(500);
    assertThat(client.get("/v1/users?pageSize=501").statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/users?page=0").statusCode()).isEqualTo(400);
  }

  @Test
  void pageSizeMayBeClampedAndLinksMayHoldCursors() {
    sandbox.close();
    sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("notes", 250)
                .with(Quirk.CLAMP_PAGE_SIZE, Quirk.CURSOR_LINKS));
    client = new SandboxClient(sandbox);
    JsonNode first = client.read("/v1/notes?pageSize=900");
    assertThat(first.at("/meta/pageSize").asInt()).isEqualTo(100);
    String next = first.at("/links/next").asText();
    assertThat(next).contains("page%5Bafter%5D=");
    assertThat(SandboxClient.ids(client.read(next)))
        .hasSize(100)
        .doesNotContainAnyElementsOf(SandboxClient.ids(first));
  }

  @Test
  void listsAreInOrderOfIdAndDescendingWhenAsked() {
    List<String> ascending = SandboxClient.ids(client.read("/v1/conversations?pageSize=100"));
    assertThat(ascending).isSorted();
    List<String> descending = SandboxClient.ids(client.read("/v1/conversations?sort=desc"));
    assertThat(descending.get(0)).isEqualTo(sandbox.journal("conversations").get(149).id());
  }

  @Test
  void aSingleRecordIsWrappedAndSeveralConversationsComeAsAList() {
    List<JournalEntry> journal = sandbox.journal("conversations");
    String one = journal.get(3).id();
    String two = journal.get(5).id();
    assertThat(client.read("/v1/conversations/" + one).at("/data/id").asText()).isEqualTo(one);
    assertThat(SandboxClient.ids(client.read("/v1/conversations/" + one + "," + two)))
        .containsExactly(one, two);
    sandbox.delete("conversations", one, Instant.parse("2026-06-01T12:00:00Z"));
    assertThat(client.get("/v1/conversations/" + one).statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/conversations/nonsense").statusCode()).isEqualTo(404);
    assertThat(client.read("/v1/customers/externalId=cust-7").at("/data/id").asText())
        .isEqualTo(sandbox.journal("customers").get(7).id());
  }

  private List<String> klassNames(String query) {
    return StreamSupport.stream(
            client.read("/v1/klasses" + query).path("data").spliterator(), false)
        .map(klass -> klass.at("/attributes/name").asText())
        .toList();
  }

  @Test
  void classesAreHiddenUnlessEnabledOrAskedFor() {
    assertThat(klassNames("")).containsExactly("order", "shopify-order");
    assertThat(klassNames("?status=disabled")).containsExactly("loop_return", "coupon");
    assertThat(klassNames("?status=existing_only")).containsExactly("warehouse", "legacy-item");
    assertThat(client.get("/v1/klasses?status=any").statusCode()).isEqualTo(400);
  }

  @Test
  void aClassPathIsItsDefinitionByIdAndItsInstancesByName() {
    String id = client.read("/v1/klasses").at("/data/0/id").asText();
    assertThat(client.read("/v1/klasses/" + id).at("/data/attributes/name").asText())
        .isEqualTo("order");
    for (String name : List.of("order", "orders")) {
      JsonNode page = client.read("/v1/klasses/" + name + "?pageSize=50");
      assertThat(page.at("/data/0/type").asText()).isEqualTo("kobject.order");
      assertThat(page.at("/links/next").asText())
          .isEqualTo("/v1/klasses/orders?page=2&pageSize=50");
      assertThat(page.path("meta").has("total")).isFalse();
    }
    assertThat(client.get("/v1/klasses/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void fromDateOfAClassListComparesUpdatedAt() {
    Instant at = Instant.parse("2026-06-01T11:59:00Z");
    List<String> written = sandbox.update("kobject_order", 3, at);
    assertThat(
            SandboxClient.ids(client.read("/v1/klasses/order?fromDate=2026-06-01T11:58:59.000Z")))
        .containsAll(written);
    assertThat(client.read("/v1/klasses/order?fromDate=2026-06-01T12:00:00Z").path("data"))
        .isEmpty();
  }

  @Test
  void metadataDescribesListedClassesOnly() {
    assertThat(
            client
                .read("/v1/metadata/kobject.shopify-order")
                .at("/data/attributes/properties/totalPriceNum/type")
                .asText())
        .isEqualTo("number");
    assertThat(client.get("/v1/metadata/kobject.ghost_case").statusCode()).isEqualTo(404);
    assertThat(client.get("/v1/metadata/note").statusCode()).isEqualTo(404);
  }

  @Test
  void deletedUsersAreListedOnlyWhenAskedFor() {
    String gone = sandbox.delete("users", 1, Instant.parse("2026-06-01T12:00:00Z")).get(0);
    assertThat(SandboxClient.ids(client.read("/v1/users?pageSize=500"))).doesNotContain(gone);
    JsonNode deleted = client.read("/v1/users?deleted=true");
    assertThat(SandboxClient.ids(deleted)).containsExactly(gone);
    assertThat(deleted.at("/data/0/attributes/deletedAt").asText())
        .isEqualTo("2026-06-01T12:00:00.000Z");
  }
}
