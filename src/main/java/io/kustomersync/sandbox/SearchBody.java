package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.Hit;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a search body asks for. The schema is closed (kustomer-api.md §3.1): whatever it does not
 * know is refused with 400.
 *
 * @param from with {@code to}: bounds of {@code updatedAt}, epoch milliseconds, {@code [from, to)}
 * @param tests what else a record must pass; empty when the bounds say it all
 * @param sortBy what it is sorted by first; further sorts are read and left out, as they are
 *     reported to be unreliable (§3.4)
 */
record SearchBody(
    String context,
    long from,
    long to,
    List<Predicate<Hit>> tests,
    SearchField sortBy,
    boolean descending,
    boolean includeDeleted) {

  private static final Set<String> KEYS =
      Set.of(
          "queryContext",
          "and",
          "or",
          "not",
          "sort",
          "timeZone",
          "includeDeleted",
          "fields",
          "aggs",
          "searchHash");
  private static final Pattern LIVE_CONTEXT =
      Pattern.compile(
          "company|customer|message|conversation|conversation_time|note|kobject|kobject_.*"
              + "|work_session|work_item");
  private static final Pattern ARCHIVE_CONTEXT =
      Pattern.compile("message|conversation|customer|kobject|kobject_.*|company");
  private static final int MAX_CLAUSES = 20;
  private static final int MAX_SORTS = 5;

  static SearchBody parse(JsonNode body, boolean archive) {
    body.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw RefusedCall.badParameter(
                    key, "Additional properties not allowed", "/additionalProperties");
              }
            });
    String context = body.path("queryContext").asText("customer");
    if (!(archive ? ARCHIVE_CONTEXT : LIVE_CONTEXT).matcher(context).matches()) {
      throw RefusedCall.badParameter("queryContext", "Bad Request", context + " can't be searched");
    }
    return new Parser(body, archive, context, zone(body)).query();
  }

  private static ZoneId zone(JsonNode body) {
    try {
      return ZoneId.of(body.path("timeZone").asText("GMT"));
    } catch (DateTimeException e) {
      throw RefusedCall.badParameter("timeZone", "Bad Request", "not an IANA time zone");
    }
  }

  private record Parser(JsonNode body, boolean archive, String context, ZoneId zone) {

    SearchBody query() {
      long from = Long.MIN_VALUE;
      long to = Long.MAX_VALUE;
      List<Predicate<Hit>> tests = new ArrayList<>();
      for (Condition condition : conditions("and")) {
        if (condition.isWindow()) {
          from = Math.max(from, condition.from());
          to = Math.min(to, condition.to());
        } else {
          tests.add(condition.test());
        }
      }
      List<Condition> any = conditions("or");
      if (!any.isEmpty()) {
        tests.add(hit -> any.stream().anyMatch(c -> c.test().test(hit)));
      }
      conditions("not").forEach(condition -> tests.add(condition.test().negate()));
      JsonNode includeDeleted = body.path("includeDeleted");
      if (!includeDeleted.isMissingNode() && !includeDeleted.isBoolean()) {
        throw RefusedCall.badParameter("includeDeleted", "Bad Request", "not a boolean");
      }
      SearchField sortBy = SearchField.UPDATED_AT;
      boolean descending = true;
      List<JsonNode> sorts = items("sort", MAX_SORTS);
      for (int i = sorts.size() - 1; i >= 0; i--) {
        Map.Entry<String, JsonNode> sort = single("sort", sorts.get(i));
        String order = sort.getValue().asText();
        sortBy = SearchField.of(sort.getKey(), context, archive);
        if (!sortBy.isDate() || !Set.of("asc", "desc").contains(order)) {
          throw RefusedCall.badParameter(sort.getKey(), "Bad Request", "can't be sorted so");
        }
        descending = order.equals("desc");
      }
      return new SearchBody(
          context, from, to, tests, sortBy, descending, includeDeleted.asBoolean());
    }

    private List<Condition> conditions(String key) {
      List<Condition> conditions = new ArrayList<>();
      for (JsonNode item : items(key, MAX_CLAUSES)) {
        Map.Entry<String, JsonNode> clause = single(key, item);
        String attribute = clause.getKey();
        SearchField field = SearchField.of(attribute, context, archive);
        if (!clause.getValue().isObject() || clause.getValue().isEmpty()) {
          throw RefusedCall.badParameter(attribute, "Bad Request", "needs {operator: value}");
        }
        for (Map.Entry<String, JsonNode> test : clause.getValue().properties()) {
          conditions.add(Condition.parse(attribute, field, test.getKey(), test.getValue(), zone));
        }
      }
      return conditions;
    }

    /** An object stands for a list of one. */
    private List<JsonNode> items(String key, int maximum) {
      JsonNode node = body.path(key);
      if (node.isMissingNode()) {
        return List.of();
      }
      List<JsonNode> items = new ArrayList<>();
      if (node.isArray()) {
        node.forEach(items::add);
      } else {
        items.add(node);
      }
      if (items.size() > maximum || new HashSet<>(items).size() < items.size()) {
        throw RefusedCall.badRequest(
            "\"" + key + "\" takes at most " + maximum + " different items, got " + items.size());
      }
      return items;
    }

    private static Map.Entry<String, JsonNode> single(String key, JsonNode item) {
      if (!item.isObject() || item.size() != 1) {
        throw RefusedCall.badRequest(
            "each item of \"" + key + "\" is an object with one attribute");
      }
      return item.properties().iterator().next();
    }
  }
}
