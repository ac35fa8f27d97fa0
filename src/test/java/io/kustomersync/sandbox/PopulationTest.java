package io.kustomersync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the sandbox serves is what its journal says. */
class PopulationTest {
  private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-06-01T00:00:00Z");

  private final SettableClock clock = new SettableClock("2026-06-01T12:00:00Z");

  private SandboxOptions options() {
    return SandboxOptions.empty()
        .clock(clock)
        .span(FROM, TO)
        .searchLag(Duration.ZERO)
        .with(Quirk.NO_LIMITS);
  }

  private record Seen(String id, int rev, Instant updatedAt, boolean deleted) {}

  private static List<Seen> seen(List<JsonNode> records) {
    return records.stream()
        .map(
            r ->
                new Seen(
                    r.path("id").asText(),
                    r.at("/attributes/rev").asInt(),
                    Instant.parse(r.at("/attributes/updatedAt").asText()),
                    r.at("/attributes/deleted").asBoolean()))
        .toList();
  }

  private static List<Seen> truth(SandboxKustomer sandbox, String kind) {
    return sandbox.journal(kind).stream()
        .filter(JournalEntry::findable)
        .map(e -> new Seen(e.id(), e.rev(), e.updatedAt(), e.deleted()))
        .toList();
  }

  @Test
  void keysetOverTwentyThousandRecordsEqualsTheJournal() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("customers", 20_000))) {
      sandbox.update("customers", 700, TO.plusSeconds(60));
      sandbox.bulkUpdate("customers", 300, TO.plusSeconds(30));
      sandbox.delete("customers", 150, TO.plusSeconds(90));
      sandbox.create("customers", 50, TO.plusSeconds(120));
      List<Seen> seen = seen(new SandboxClient(sandbox).keyset("customer", "customer", true));
      assertThat(seen).hasSize(20_050).doesNotHaveDuplicates();
      assertThat(Set.copyOf(seen)).isEqualTo(Set.copyOf(truth(sandbox, "customers")));
    }
  }

  @Test
  void everySearchableKindEqualsItsJournal() {
    SandboxOptions options = options().klassesOfEveryStatus(60);
    List<String> kinds = List.of("customer", "conversation", "message", "note", "company");
    List<String> names = List.of("customers", "conversations", "messages", "notes", "companies");
    names.forEach(name -> options.count(name, 230));
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      SandboxClient client = new SandboxClient(sandbox);
      for (int i = 0; i < names.size(); i++) {
        sandbox.delete(names.get(i), 7, TO.plusSeconds(10));
        assertThat(Set.copyOf(seen(client.keyset(kinds.get(i), kinds.get(i), true))))
            .isEqualTo(Set.copyOf(truth(sandbox, names.get(i))));
      }
      sandbox.delete("kobject_order", 4, TO.plusSeconds(20));
      assertThat(Set.copyOf(seen(client.keyset("kobject", "kobject", true))))
          .hasSize(7 * 60 - 4)
          .isEqualTo(Set.copyOf(truth(sandbox, "kobjects")));
    }
  }

  @Test
  void listsGiveEveryLiveRecordOnceWhateverWasWritten() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("notes", 470))) {
      sandbox.update("notes", 100, TO.plusSeconds(60));
      sandbox.delete("notes", 33, TO.plusSeconds(90));
      sandbox.create("notes", 20, TO.plusSeconds(95));
      SandboxClient client = new SandboxClient(sandbox);
      Set<String> ids = new HashSet<>();
      String next = "/v1/notes";
      while (next != null) {
        JsonNode page = client.read(next);
        assertThat(ids.addAll(SandboxClient.ids(page))).isTrue();
        next = page.at("/links/next").textValue();
      }
      assertThat(ids)
          .isEqualTo(
              sandbox.journal("notes").stream()
                  .filter(e -> !e.deleted())
                  .map(JournalEntry::id)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void sameSeedGivesTheSameRecordsAndAnotherSeedOthers() {
    String body = SandboxClient.window("customer", "customer", "\"gte\":\"2025-01-01\"");
    String first;
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("customers", 50))) {
      first = new SandboxClient(sandbox).search(body).body();
    }
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("customers", 50))) {
      assertThat(new SandboxClient(sandbox).search(body).body()).isEqualTo(first);
    }
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(options().seed(7).count("customers", 50))) {
      assertThat(new SandboxClient(sandbox).search(body).body()).isNotEqualTo(first);
    }
  }

  @Test
  void fiveMillionRecordsAreCountedAndFoundInTheMiddle() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("messages", 5_000_000))) {
      sandbox.update("messages", 2_000, TO.plusSeconds(60));
      sandbox.delete("messages", 1_000, TO.plusSeconds(90));
      SandboxClient client = new SandboxClient(sandbox);
      String all = SandboxClient.window("message", "message", "\"gte\":\"2025-01-01\"");
      assertThat(client.found(all).at("/meta/total").asInt()).isEqualTo(4_999_000);
      JsonNode middle =
          client.found(SandboxClient.window("message", "message", "\"gte\":\"2025-09-01\""));
      assertThat(middle.path("data")).hasSize(100);
      assertThat(middle.at("/data/0/attributes/updatedAt").asText()).startsWith("2025-09-01T00:00");
      int page = 49_990;
      assertThat(client.read("/v1/messages?page=" + page).path("data")).hasSize(100);
      assertThat(client.read("/v1/messages?page=" + (page + 1)).path("links").path("next").isNull())
          .isTrue();
    }
  }

  @Test
  void demoHasDataOfEveryKind() {
    try (SandboxKustomer sandbox = SandboxKustomer.start(SandboxOptions.demo().clock(clock))) {
      SandboxClient client = new SandboxClient(sandbox);
      for (String kind :
          List.of(
              "customers",
              "conversations",
              "messages",
              "notes",
              "companies",
              "users",
              "teams",
              "tags",
              "shortcuts",
              "brands",
              "klasses",
              "klasses/order",
              "klasses/loop_returns")) {
        assertThat(client.read("/v1/" + kind).path("data")).as(kind).isNotEmpty();
      }
      assertThat(
              StreamSupport.stream(
                      client.read("/v1/klasses?status=existing_only").path("data").spliterator(),
                      false)
                  .map(k -> k.at("/attributes/name").asText()))
          .containsExactly("loop_return");
    }
  }
}
