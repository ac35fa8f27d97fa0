package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.SearchQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the pages of one table are searched: live or archive. Immutable.
 *
 * @param pageSize records asked for in one call
 */
public record Search(TableDefinition.SearchTable table, boolean archive, int pageSize) {

  /** The first page of everything from {@code from} on, in order of update. */
  public ApiRequest from(Instant from, Optional<Instant> before) {
    return query(from, before).request();
  }

  /** The one that was changed last, from {@code from} on. */
  ApiRequest newest(Instant from) {
    return query(from, Optional.empty()).withNewestFirst().withPageSize(1).request();
  }

  /** How many there are in the span, with one record for the sake of the form. */
  ApiRequest count(Instant from, Instant before) {
    return query(from, Optional.of(before)).withPageSize(1).request();
  }

  /** One page of what was last changed at exactly this millisecond. */
  ApiRequest at(Instant instant, CreatedSpan created, int page) {
    return query(instant, Optional.of(instant.plusMillis(1)))
        .withCreated(created.from(), created.before())
        .withPage(page)
        .request();
  }

  private SearchQuery query(Instant from, Optional<Instant> before) {
    SearchQuery query =
        SearchQuery.updatedFrom(table.context(), table.object(), from).withPageSize(pageSize);
    query = archive ? query.inArchive() : query;
    return before.isPresent() ? query.withUpdatedBefore(before.get()) : query;
  }

  @Override
  public String toString() {
    return table.name() + (archive ? " (archive)" : "");
  }
}
