package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.CompanyIds;
import io.kustomersync.sandbox.data.Hit;
import io.kustomersync.sandbox.data.RecordStore;
import io.kustomersync.sandbox.data.Version;
import io.kustomersync.sandbox.data.World;
import java.util.List;
import java.util.Optional;

/**
 * Which endpoint answers which path. Throws {@link RefusedCall} for what is not there or not
 * allowed. Thread-safe.
 */
final class Api {
  private static final String OBJECT_ID = "[0-9a-f]{24}";

  private final World world;
  private final PageWriter pages;
  private final ListEndpoint lists;
  private final SearchEndpoint search;

  Api(World world) {
    this.world = world;
    this.pages = new PageWriter(world);
    this.lists = new ListEndpoint(world, pages);
    this.search = new SearchEndpoint(world, pages);
  }

  Reply answer(Call call) {
    if (Call.isSearchPath(call.path())) {
      if (!call.method().equals("POST")) {
        // links.next of a search needs the body again: as a GET it leads nowhere.
        throw RefusedCall.notFound("id");
      }
      return search.answer(call, call.path().contains("/archive/"));
    }
    List<String> segments = call.segments();
    return switch (segments.get(0)) {
      case "auth", "orgs" -> identity(call);
      case "klasses" -> klasses(call, segments);
      case "metadata" -> {
        TokenRoles.require(call.token(), "metadata");
        yield Metadata.of(segment(segments, 1), world.klasses());
      }
      default -> records(call, segments);
    };
  }

  private Reply identity(Call call) {
    return switch (call.path()) {
      case "/v1/auth/tokens/current" ->
          Reply.json(
              200,
              "{\"data\":{\"type\":\"token\",\"id\":\"5f652db64624d300195000aa\",\"attributes\":"
                  + "{\"name\":\"sandbox\",\"roles\":[]}}}");
      case "/v1/orgs/current" ->
          Reply.json(
              200,
              "{\"data\":{\"type\":\"org\",\"id\":\""
                  + CompanyIds.ORG
                  + "\",\"attributes\":{\"name\":\"acme\"}}}");
      default -> throw RefusedCall.notFound("path");
    };
  }

  private Reply klasses(Call call, List<String> segments) {
    RecordStore definitions = world.store("klasses");
    if (segments.size() == 1) {
      return lists.list(call, definitions);
    }
    String name = segments.get(1);
    if (segments.size() == 2 && name.matches(OBJECT_ID)) {
      TokenRoles.require(call.token(), "klass");
      return lists.get(definitions, name);
    }
    RecordStore kobjects =
        world.stores().kobjects(name).orElseThrow(() -> RefusedCall.notFound("name"));
    if (segments.size() == 2) {
      return lists.list(call, kobjects);
    }
    TokenRoles.requireKobject(call.token(), kobjects.kind().klass());
    return lists.get(kobjects, segment(segments, 2));
  }

  private Reply records(Call call, List<String> segments) {
    RecordStore store =
        world.stores().all().stream()
            .filter(each -> each.kind().path().equals("/v1/" + segments.get(0)))
            .findFirst()
            .orElseThrow(() -> RefusedCall.notFound("path"));
    if (segments.size() == 1) {
      return lists.list(call, store);
    }
    String id = segment(segments, 1);
    if (call.path().equals("/v1/users/current")) {
      return Reply.json(
          200,
          "{\"data\":{\"type\":\"user\",\"id\":\""
              + CompanyIds.USER
              + "\",\"attributes\":{\"name\":\"sandbox\",\"userType\":\"machine\"}}}");
    }
    TokenRoles.require(call.token(), store.kind().family());
    return customerByKey(store, id).orElseGet(() -> lists.get(store, id));
  }

  /** {@code externalId=cust-7} and {@code email=user7@example.com} of unwritten-over customers. */
  private Optional<Reply> customerByKey(RecordStore store, String segment) {
    String key = segment.replaceFirst("=.*", "");
    if (!store.kind().name().equals("customers") || !segment.contains("=")) {
      return Optional.empty();
    }
    String number = segment.replaceAll("^(externalId=cust-|email=user)(\\d{1,9}).*", "$2");
    synchronized (world) {
      if (number.matches("\\d+") && Integer.parseInt(number) < store.size()) {
        Version version = store.version(Integer.parseInt(number));
        if (!version.deleted()) {
          return Optional.of(pages.single(new Hit(store, version)));
        }
      }
    }
    throw RefusedCall.notFound(key);
  }

  /** The last segment that a path of this family may have. */
  private static String segment(List<String> segments, int at) {
    if (segments.size() != at + 1) {
      throw RefusedCall.notFound("path");
    }
    return segments.get(at);
  }
}
