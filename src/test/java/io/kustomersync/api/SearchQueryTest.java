package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchQueryTest {

  private static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");

  @Test
  void asksForChangesOldestFirstWithTheDeleted() {
    ApiRequest request = SearchQuery.updatedFrom("conversation", "conversation", FROM).request();

    assertThat(request.path()).isEqualTo("/v1/customers/search");
    assertThat(request.query()).isEqualTo("page=1&pageSize=500");
    assertThat(request.pool()).isEqualTo(Pool.SEARCH);
    assertThat(request.body())
        .contains(
            "{\"queryContext\":\"conversation\",\"and\":[{\"conversation_updated_at\":"
                + "{\"gte\":\"2025-03-01T00:00:00.000Z\"}}],\"sort\":[{\"conversation_updated_at\":"
                + "\"asc\"}],\"includeDeleted\":true}");
  }

  @Test
  void givesEachBoundAClauseAndRoundsOutwards() {
    ApiRequest request =
        SearchQuery.updatedFrom("kobject_order", "kobject", FROM.plusNanos(1_999_999))
            .withUpdatedBefore(FROM.plusNanos(2_000_001))
            .withCreated(Optional.of(FROM.plusNanos(999)), Optional.of(FROM.plusMillis(7)))
            .withNewestFirst()
            .inArchive()
            .withPage(100)
            .withPageSize(50)
            .request();

    assertThat(request.path()).isEqualTo("/v1/customers/archive/search");
    assertThat(request.query()).isEqualTo("page=100&pageSize=50");
    assertThat(request.body())
        .contains(
            "{\"queryContext\":\"kobject_order\",\"and\":["
                + "{\"kobject_updated_at\":{\"gte\":\"2025-03-01T00:00:00.001Z\"}},"
                + "{\"kobject_updated_at\":{\"lt\":\"2025-03-01T00:00:00.003Z\"}},"
                + "{\"kobject_created_at\":{\"gte\":\"2025-03-01T00:00:00.000Z\"}},"
                + "{\"kobject_created_at\":{\"lt\":\"2025-03-01T00:00:00.007Z\"}}],"
                + "\"sort\":[{\"kobject_updated_at\":\"desc\"}],\"includeDeleted\":true}");
  }

  @Test
  void roundsOutwardsBefore1970Too() {
    assertThat(KustomerTime.floor(Instant.parse("1969-12-31T23:59:59.9999Z")))
        .isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(KustomerTime.ceiling(Instant.parse("1969-12-31T23:59:59.9999Z")))
        .isEqualTo("1970-01-01T00:00:00.000Z");
  }

  @Test
  void refusesWhatKustomerDoesNotGive() {
    SearchQuery notes = SearchQuery.updatedFrom("note", "note", FROM);
    assertThatThrownBy(() -> notes.withPage(101)).hasMessageContaining("101");
    assertThatThrownBy(() -> notes.withPage(0)).hasMessageContaining("page 0");
    assertThatThrownBy(() -> notes.withPageSize(501)).hasMessageContaining("501");
    assertThatThrownBy(notes::inArchive).hasMessageContaining("/v1/notes");
  }
}
