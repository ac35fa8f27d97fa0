package io.kustomersync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.HandMade;
import io.kustomersync.sandbox.data.RecordStore;
import io.kustomersync.sandbox.data.World;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** {@code POST /v1/customers/search} and {@code /v1/customers/archive/search}. Thread-safe. */
final class SearchEndpoint {
  private static final int MAX_PAGE_SIZE = 500;

  private final World world;
  private final PageWriter pages;
  private final AtomicLong searches = new AtomicLong();

  SearchEndpoint(World world, PageWriter pages) {
    this.world = world;
    this.pages = pages;
  }

  Reply answer(Call call, boolean archive) {
    SandboxOptions options = world.options();
    TokenRoles.require(call.token(), "search");
    SearchBody query = SearchBody.parse(body(call), archive);
    requireRole(call.token(), query.context());
    Paging paging = Paging.of(call, MAX_PAGE_SIZE, options.has(Quirk.CLAMP_PAGE_SIZE));
    boolean pastLimit = paging.page() > options.pageLimit || paging.offset() >= options.recordLimit;
    if (pastLimit && !options.has(Quirk.EMPTY_PAST_PAGE_LIMIT)) {
      throw RefusedCall.badParameter(
          "page", "Bad Request", "a search has at most " + options.pageLimit + " pages");
    }
    SearchRun.Found found = find(query, paging, archive);
    return pages.search(
        call, paging, pastLimit ? new SearchRun.Found(List.of(), found.total()) : found);
  }

  private SearchRun.Found find(SearchBody query, Paging paging, boolean archive) {
    SandboxOptions options = world.options();
    Optional<Random> shuffle =
        options.has(Quirk.UNSTABLE_TIES)
            ? Optional.of(new Random(options.seed + searches.incrementAndGet()))
            : Optional.empty();
    synchronized (world) {
      long now = world.now();
      // What lies before the cut is in the archive, the rest in live search.
      long cut =
          Instant.ofEpochMilli(now)
              .atZone(ZoneOffset.UTC)
              .minus(options.liveSpan)
              .toInstant()
              .toEpochMilli();
      long from = archive ? query.from() : Math.max(query.from(), cut);
      long to =
          archive ? Math.min(query.to(), cut + options.archiveOverlap.toMillis()) : query.to();
      List<RecordStore> stores = world.stores().searchedBy(query.context());
      stores.forEach(store -> store.index().catchUp(now));
      return new SearchRun(stores, query, shuffle).page(from, to, paging.offset(), paging.size());
    }
  }

  /** A choice of ours: a search also asks for the role of what it searches. */
  private static void requireRole(Token token, String context) {
    if (context.startsWith("kobject")) {
      TokenRoles.require(token, "kobject", "klass");
    } else {
      TokenRoles.require(token, context);
    }
  }

  private static JsonNode body(Call call) {
    try {
      JsonNode body = HandMade.JSON.readTree(call.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // Refused below, like JSON that is no object.
    }
    throw RefusedCall.badRequest("The body is not a JSON object");
  }
}
