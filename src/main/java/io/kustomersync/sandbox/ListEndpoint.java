package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.HandMade;
import io.kustomersync.sandbox.data.Hit;
import io.kustomersync.sandbox.data.Kind;
import io.kustomersync.sandbox.data.RecordStore;
import io.kustomersync.sandbox.data.Version;
import io.kustomersync.sandbox.data.World;
import io.kustomersync.sandbox.options.Quirk;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The {@code GET} lists and single records. They see writes at once. Thread-safe. */
final class ListEndpoint {
  private final World world;
  private final PageWriter pages;

  ListEndpoint(World world, PageWriter pages) {
    this.world = world;
    this.pages = pages;
  }

  Reply list(Call call, RecordStore store) {
    Kind kind = store.kind();
    TokenRoles.require(call.token(), kind.family());
    Optional<Predicate<Version>> filter = filter(call, store);
    Paging paging = Paging.of(call, kind.maxPageSize(), world.options().has(Quirk.CLAMP_PAGE_SIZE));
    boolean descending = call.parameter("sort").filter("desc"::equals).isPresent();
    List<Version> versions;
    long total;
    synchronized (world) {
      int limit = paging.size() + 1;
      versions =
          filter.isEmpty() && world.options().has(Quirk.LISTS_BY_UPDATE)
              ? byUpdate(store, paging.offset(), limit)
              : filter.isPresent()
                  ? store.list(paging.offset(), limit, descending, filter.get())
                  : store.list(paging.offset(), limit, descending);
      total = store.liveCount();
    }
    boolean more = versions.size() > paging.size();
    List<Hit> hits =
        versions.stream().limit(paging.size()).map(version -> new Hit(store, version)).toList();
    return pages.list(call, paging, kind.path(), hits, more, total);
  }

  private static List<Version> byUpdate(RecordStore store, int offset, int limit) {
    return store.list(0, store.liveCount(), false).stream()
        .sorted(Comparator.comparingLong(Version::updatedAt))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  /** By id; several ids with commas between give a list. */
  Reply get(RecordStore store, String ids) {
    List<Hit> hits = new ArrayList<>();
    synchronized (world) {
      for (String id : ids.split(",")) {
        store
            .find(id)
            .filter(version -> !version.deleted())
            .ifPresent(version -> hits.add(new Hit(store, version)));
      }
    }
    if (ids.contains(",")) {
      StringBuilder out = new StringBuilder("{\"data\":[");
      for (Hit hit : hits) {
        out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
        world.writer().write(out, hit.store(), hit.version());
      }
      return Reply.json(200, out.append("]}"));
    }
    if (hits.isEmpty()) {
      throw RefusedCall.notFound("id");
    }
    return pages.single(hits.get(0));
  }

  private static Optional<Predicate<Version>> filter(Call call, RecordStore store) {
    List<Predicate<Version>> filters =
        Stream.of(fromDate(call, store), status(call, store), deletedUsers(call, store))
            .flatMap(Optional::stream)
            .toList();
    return filters.stream().reduce(Predicate::and);
  }

  /** Which timestamp {@code fromDate} means is unknown; the sandbox takes {@code updatedAt}. */
  private static Optional<Predicate<Version>> fromDate(Call call, RecordStore store) {
    if (!store.kind().isKobject()) {
      return Optional.empty();
    }
    return call.parameter("fromDate")
        .map(date -> DateOperand.parse("fromDate", date, ZoneOffset.UTC))
        .map(from -> version -> !version.deleted() && version.updatedAt() >= from);
  }

  private static Optional<Predicate<Version>> status(Call call, RecordStore store) {
    if (!store.kind().name().equals("klasses")) {
      return Optional.empty();
    }
    String wanted = call.parameter("status").orElse("enabled");
    if (!List.of("enabled", "disabled", "existing_only").contains(wanted)) {
      throw RefusedCall.badParameter("status", "Bad Request", "unknown status " + wanted);
    }
    return Optional.of(
        version ->
            !version.deleted()
                && wanted.equals(HandMade.parse(version.body()).at("/attributes/status").asText()));
  }

  private static Optional<Predicate<Version>> deletedUsers(Call call, RecordStore store) {
    boolean asked =
        store.kind().name().equals("users")
            && call.parameter("deleted").filter("true"::equals).isPresent();
    return asked ? Optional.of(Version::deleted) : Optional.empty();
  }
}
