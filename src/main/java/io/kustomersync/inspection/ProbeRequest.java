package io.kustomersync.inspection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Small requests that show what a table holds and whether the key may read it. */
final class ProbeRequest {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ProbeRequest() {}

  /** Works with any valid key, whatever its roles (kustomer-api.md §1.2). */
  static ApiRequest token() {
    return ApiRequest.get("/v1/auth/tokens/current", "");
  }

  /**
   * @param since search tables give records changed from then on, oldest change first; lists come
   *     as they are
   * @param records how many at most
   */
  static ApiRequest of(TableDefinition table, Instant since, int records) {
    if (table instanceof ListTable list) {
      String filter = list.filters().isEmpty() ? "" : list.filters().get(0);
      int most = Math.min(records, list.pageSize());
      return ApiRequest.get(
          list.path(), "page=1&pageSize=" + most + (filter.isEmpty() ? "" : "&" + filter));
    }
    SearchTable search = (SearchTable) table;
    return search(search.context(), search.object(), since, records);
  }

  static ApiRequest search(String context, String object, Instant since, int records) {
    String cursor = object + "_updated_at";
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("queryContext", context);
    body.putArray("and").addObject().putObject(cursor).put("gte", MILLIS.format(since));
    body.putArray("sort").addObject().put(cursor, "asc");
    body.put("includeDeleted", true);
    return ApiRequest.search("/v1/customers/search", "page=1&pageSize=" + records, body.toString());
  }
}
