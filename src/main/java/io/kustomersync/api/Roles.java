package io.kustomersync.api;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which roles a key needs for a request; any one of them is enough (kustomer-api.md §1.3). */
final class Roles {

  private static final List<String> SEARCH =
      List.of(
          "org.user.search.read",
          "org.admin.search.read",
          "org.permission.search.create",
          "org.permission.search.update",
          "org.permission.search_global.create",
          "org.permission.search_preview.create");

  private static final Pattern CONTEXT = Pattern.compile("\"queryContext\"\\s*:\\s*\"([a-z]+)");

  private static final List<String> KLASS =
      List.of("org.user.klass.read", "org.admin.klass.read", "org.permission.klass.read");

  private static final Map<String, List<String>> BY_COLLECTION =
      Map.ofEntries(
          Map.entry("customers", userOrPermission("customer")),
          Map.entry("conversations", userOrPermission("conversation")),
          Map.entry("messages", userOrPermission("message")),
          Map.entry("notes", userOrPermission("note")),
          Map.entry("companies", userOrPermission("company")),
          Map.entry("klasses", KLASS),
          Map.entry(
              "metadata",
              List.of(
                  "org.user.metadata.read",
                  "org.admin.metadata.read",
                  "org.permission.metadata.read")),
          Map.entry(
              "tags",
              List.of("org.user.tag.read", "org.admin.tag.read", "org.permission.tag.read")),
          Map.entry("users", List.of("org.permission.user.read")),
          Map.entry("teams", List.of("org.permission.team.read")),
          Map.entry("attachments", userOrPermission("attachment")),
          Map.entry("events", userOrPermission("event")),
          Map.entry("satisfaction", userOrPermission("satisfaction")),
          Map.entry("slas", userOrPermission("sla")),
          Map.entry("brands", userOrPermission("brand")),
          Map.entry("outboundAccounts", List.of("org.user.apps.read")),
          Map.entry("merges", List.of("org.permission.customer_merge.read")));

  private Roles() {}

  /**
   * @return empty when none is documented for the path
   */
  static List<String> anyOf(ApiRequest request) {
    if (request.body().isPresent()) {
      return SEARCH;
    }
    List<String> segments = List.of(request.path().substring("/v1/".length()).split("/"));
    String first = segments.get(0);
    if (first.equals("klasses") && segments.size() > 2) {
      return userOrPermission("kobject");
    }
    // Below customers and conversations, these have roles of their own.
    for (String own : List.of("merges", "attachments", "events")) {
      if (segments.indexOf(own) > 0) {
        return BY_COLLECTION.get(own);
      }
    }
    return BY_COLLECTION.getOrDefault(first, List.of());
  }

  /** What a search needs besides: the role for the records that it looks for. */
  static List<String> alsoAnyOf(ApiRequest request) {
    Matcher context = CONTEXT.matcher(request.body().orElse(""));
    if (!context.find()) {
      return List.of();
    }
    String object = context.group(1);
    return object.startsWith("kobject") ? KLASS : userOrPermission(object);
  }

  private static List<String> userOrPermission(String object) {
    return List.of("org.user." + object + ".read", "org.permission." + object + ".read");
  }
}
