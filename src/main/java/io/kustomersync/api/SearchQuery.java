package io.kustomersync.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A search for what changed since an instant (kustomer-api.md §3). Immutable. Instants reach
 * Kustomer in whole milliseconds: lower bounds rounded down, upper bounds up, so that rounding can
 * only bring more records, never fewer.
 *
 * @param context {@code queryContext}: which records come back
 * @param object prefix of the attributes, e.g. {@code customer} in {@code customer_updated_at}
 * @param updatedFrom at or after
 * @param updatedBefore before; empty for no bound
 * @param createdFrom at or after; empty for no bound
 * @param createdBefore before; empty for no bound
 * @param newestFirst sorted by update time, descending rather than ascending
 * @param archive what has not changed for two years (§3.6); has no notes
 * @param includeDeleted whether deleted records come too
 * @param page 1 to {@link #MAX_PAGES}
 * @param pageSize 1 to {@link #MAX_PAGE_SIZE}
 */
public record SearchQuery(
    String context,
    String object,
    Instant updatedFrom,
    Optional<Instant> updatedBefore,
    Optional<Instant> createdFrom,
    Optional<Instant> createdBefore,
    boolean newestFirst,
    boolean archive,
    boolean includeDeleted,
    int page,
    int pageSize) {

  /** No page after this one is given, whatever {@code meta.total} says. */
  public static final int MAX_PAGES = 100;

  public static final int MAX_PAGE_SIZE = 500;

  private static final String LIVE_PATH = "/v1/customers/search";
  private static final String ARCHIVE_PATH = "/v1/customers/archive/search";

  public SearchQuery {
    if (page < 1 || page > MAX_PAGES) {
      throw new IllegalArgumentException("page " + page + " is not in 1 to " + MAX_PAGES);
    }
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page size " + pageSize + " is not in 1 to 500");
    }
    if (archive && context.equals("note")) {
      throw new IllegalArgumentException("archive search has no notes; read the list /v1/notes");
    }
  }

  /** Live, oldest change first, page 1, as many records as a page may hold. */
  public static SearchQuery updatedFrom(String context, String object, Instant from) {
    return new SearchQuery(
        context,
        object,
        from,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        true,
        1,
        MAX_PAGE_SIZE);
  }

  public SearchQuery withUpdatedBefore(Instant before) {
    return with(parts -> parts.updatedBefore = Optional.of(before));
  }

  /** Both ends may be open. */
  public SearchQuery withCreated(Optional<Instant> from, Optional<Instant> before) {
    return with(
        parts -> {
          parts.createdFrom = from;
          parts.createdBefore = before;
        });
  }

  public SearchQuery withNewestFirst() {
    return with(parts -> parts.newestFirst = true);
  }

  public SearchQuery inArchive() {
    return with(parts -> parts.archive = true);
  }

  public SearchQuery withoutDeleted() {
    return with(parts -> parts.includeDeleted = false);
  }

  public SearchQuery withPage(int number) {
    return with(parts -> parts.page = number);
  }

  public SearchQuery withPageSize(int records) {
    return with(parts -> parts.pageSize = records);
  }

  private SearchQuery with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return new SearchQuery(
        context,
        object,
        updatedFrom,
        parts.updatedBefore,
        parts.createdFrom,
        parts.createdBefore,
        parts.newestFirst,
        parts.archive,
        parts.includeDeleted,
        parts.page,
        parts.pageSize);
  }

  /** What a search may be asked otherwise than by default. */
  private static final class Parts {
    private Optional<Instant> updatedBefore;
    private Optional<Instant> createdFrom;
    private Optional<Instant> createdBefore;
    private boolean newestFirst;
    private boolean archive;
    private boolean includeDeleted;
    private int page;
    private int pageSize;

    Parts(SearchQuery query) {
      updatedBefore = query.updatedBefore;
      createdFrom = query.createdFrom;
      createdBefore = query.createdBefore;
      newestFirst = query.newestFirst;
      archive = query.archive;
      includeDeleted = query.includeDeleted;
      page = query.page;
      pageSize = query.pageSize;
    }
  }

  public ApiRequest request() {
    return ApiRequest.search(
        archive ? ARCHIVE_PATH : LIVE_PATH, "page=" + page + "&pageSize=" + pageSize, body());
  }

  private String body() {
    String updated = object + "_updated_at";
    String created = object + "_created_at";
    ObjectNode body = ExactJson.MAPPER.createObjectNode().put("queryContext", context);
    ArrayNode and = body.putArray("and");
    clause(and, updated, "gte", KustomerTime.floor(updatedFrom));
    updatedBefore.ifPresent(t -> clause(and, updated, "lt", KustomerTime.ceiling(t)));
    createdFrom.ifPresent(t -> clause(and, created, "gte", KustomerTime.floor(t)));
    createdBefore.ifPresent(t -> clause(and, created, "lt", KustomerTime.ceiling(t)));
    body.putArray("sort").addObject().put(updated, newestFirst ? "desc" : "asc");
    return body.put("includeDeleted", includeDeleted).toString();
  }

  /** One bound a clause: whether one clause may hold two operators is not documented. */
  private static void clause(ArrayNode and, String attribute, String operator, String value) {
    and.addObject().putObject(attribute).put(operator, value);
  }
}
