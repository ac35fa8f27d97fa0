package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Paging through a search: traps 13-16, 20, 36, and order among ties. */
class SearchPagesTest {
  private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-05-01T00:00:00Z");
  private static final String ALL =
      SandboxClient.window("customer", "customer", "\"gte\":\"2025-01-01\"");

  private static SandboxOptions options(int customers) {
    return SandboxOptions.empty()
        .clock(new SettableClock("2026-06-01T12:00:00Z"))
        .span(FROM, TO)
        .searchLag(Duration.ZERO)
        .count("customers", customers)
        .with(Quirk.NO_LIMITS);
  }

  @Test
  void totalsAreTrueBeyondTheLimitAndPageHundredLinksToPage101WhichIsRefused() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(12_345))) {
      SandboxClient client = new SandboxClient(sandbox);
      JsonNode page = client.found("page=100", ALL);
      assertThat(page.path("meta").toString())
          .isEqualTo(
              "{\"pageSize\":100,\"page\":100,\"total\":12345,\"totalPages\":124,"
                  + "\"aggregations\":{},\"timed_out\":false}");
      assertThat(page.at("/links/last").asText())
          .isEqualTo("/v1/customers/search?page=124&pageSize=100");
      String next = page.at("/links/next").asText();
      assertThat(next).isEqualTo("/v1/customers/search?page=101&pageSize=100");
      assertThat(page.path("data")).hasSize(100);
      assertThat(client.post(next, ALL).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void page101MayBeEmptyInstead() {
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(options(12_345).with(Quirk.EMPTY_PAST_PAGE_LIMIT))) {
      JsonNode page = new SandboxClient(sandbox).found("page=101", ALL);
      assertThat(page.path("data")).isEmpty();
      assertThat(page.at("/meta/total").asInt()).isEqualTo(12_345);
    }
  }

  @Test
  void recordsMayBeLimitedInsteadOfPages() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(12_345).recordLimit(10_000))) {
      SandboxClient client = new SandboxClient(sandbox);
      assertThat(client.found("page=20&pageSize=500", ALL).path("data")).hasSize(500);
      assertThat(client.post("/v1/customers/search?page=21&pageSize=500", ALL).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void aGetOnLinksNextLeadsNowhere() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(500))) {
      SandboxClient client = new SandboxClient(sandbox);
      String next = client.found(ALL).at("/links/next").asText();
      assertThat(client.get(next).statusCode()).isEqualTo(404);
      assertThat(client.post(next, ALL).statusCode()).isEqualTo(200);
      assertThat(client.found("pageSize=500", ALL).at("/links/next").isNull()).isTrue();
      assertThat(client.post("/v1/customers/search?pageSize=501", ALL).statusCode()).isEqualTo(400);
    }
  }

  private static String from(String operator, String instant) {
    return SandboxClient.window(
        "customer", "customer", "\"%s\":\"%s\"".formatted(operator, instant));
  }

  @Test
  void sixHundredTiesMakeGteLoopAndGtLose() {
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(options(1_000).ties("customers", 600, true))) {
      SandboxClient client = new SandboxClient(sandbox);
      JsonNode first = client.found("pageSize=500", ALL);
      String tie = first.at("/data/499/attributes/updatedAt").asText();
      JsonNode again = client.found("pageSize=500", from("gte", tie));
      assertThat(again.at("/data/499/attributes/updatedAt").asText()).isEqualTo(tie);
      assertThat(again.at("/data/499/attributes/createdAt").asText())
          .isEqualTo(again.at("/data/0/attributes/createdAt").asText());
      assertThat(SandboxClient.ids(client.found("pageSize=500", from("gte", tie))))
          .isEqualTo(SandboxClient.ids(again));
      int readByGt = 500 + client.found("pageSize=500", from("gt", tie)).at("/meta/total").asInt();
      assertThat(readByGt).isLessThan(1_000);
    }
  }

  @Test
  void aBulkWriteGivesOneInstantToAll() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(1_000))) {
      sandbox.bulkUpdate("customers", 600, TO.plusSeconds(1));
      JsonNode page = new SandboxClient(sandbox).found(from("equals", "2026-05-01T00:00:01.000Z"));
      assertThat(page.at("/meta/total").asInt()).isEqualTo(600);
    }
  }

  @Test
  void tiesMayComeInAnotherOrderEachTime() {
    String tied = from("equals", "2026-05-01T00:00:01.000Z");
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(options(1_000).with(Quirk.UNSTABLE_TIES))) {
      sandbox.bulkUpdate("customers", 600, TO.plusSeconds(1));
      SandboxClient client = new SandboxClient(sandbox);
      List<String> once = SandboxClient.ids(client.found("pageSize=500", tied));
      List<String> twice = SandboxClient.ids(client.found("pageSize=500", tied));
      assertThat(once).hasSize(500).doesNotHaveDuplicates().isNotEqualTo(twice);
      assertThat(new HashSet<>(once)).isNotEqualTo(new HashSet<>(twice));
      List<String> untied = SandboxClient.ids(client.found("pageSize=300", ALL));
      assertThat(SandboxClient.ids(client.found("pageSize=300", ALL))).isEqualTo(untied);
    }
  }

  @Test
  void aRecordWrittenDuringAWalkByPageNumbersPushesAnotherOneOut() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(300))) {
      SandboxClient client = new SandboxClient(sandbox);
      List<String> walked = new ArrayList<>(SandboxClient.ids(client.found("page=1", ALL)));
      sandbox.update("customers", walked.get(0), TO.plusSeconds(5));
      walked.addAll(SandboxClient.ids(client.found("page=2", ALL)));
      walked.addAll(SandboxClient.ids(client.found("page=3", ALL)));
      assertThat(walked).hasSize(300);
      assertThat(walked.get(299)).isEqualTo(walked.get(0));
      assertThat(Set.copyOf(walked)).hasSize(299);
    }
  }

  @Test
  void theListenerAndTheDriftChangeRecordsBetweenPages() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(300).mutationsPerRequest(3))) {
      List<Long> numbers = new ArrayList<>();
      sandbox.onRequest(numbers::add);
      SandboxClient client = new SandboxClient(sandbox);
      List<JournalEntry> before = sandbox.journal("customers");
      client.found(ALL);
      client.found(ALL);
      assertThat(numbers).containsExactly(1L, 2L);
      assertThat(sandbox.journal("customers")).isNotEqualTo(before);
    }
  }

  @Test
  void kobjectContextMixesClassesAndOneClassCanBePicked() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options(0).klassesOfEveryStatus(30))) {
      SandboxClient client = new SandboxClient(sandbox);
      String body = SandboxClient.window("kobject", "kobject", "\"gte\":\"2025-01-01\"");
      JsonNode mixed = client.found("pageSize=500", body);
      Set<String> types = new HashSet<>();
      mixed.path("data").forEach(each -> types.add(each.path("type").asText()));
      assertThat(types)
          .hasSize(7)
          .contains("kobject.order", "kobject.shopify-order", "kobject.ghost_case");
      assertThat(mixed.at("/meta/total").asInt()).isEqualTo(210);
      JsonNode one =
          client.found(
              SandboxClient.window("kobject_shopify-order", "kobject", "\"gte\":\"2025-01-01\""));
      assertThat(one.at("/meta/total").asInt()).isEqualTo(30);
    }
  }
}
