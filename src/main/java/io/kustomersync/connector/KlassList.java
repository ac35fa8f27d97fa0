package io.kustomersync.connector;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.schema.KlassTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The custom classes that Kustomer lists. */
public final class KlassList {

  /** The default hides the other two (kustomer-api.md §9). */
  private static final List<String> STATUSES =
      List.of("status=enabled", "status=disabled", "status=existing_only");

  private static final int MOST_PAGES = 100;

  private KlassList() {}

  /** Table name → name of its class. */
  public static Map<String, String> of(Kustomer kustomer) {
    List<String> names = new ArrayList<>();
    for (String status : STATUSES) {
      Optional<String> query = Optional.of("page=1&pageSize=100&" + status);
      for (int i = 0; query.isPresent() && i < MOST_PAGES; i++) {
        Page page = kustomer.ask(ApiRequest.get("/v1/klasses", query.get()));
        page.records().forEach(klass -> names.add(className(klass)));
        query = page.next().filter(next -> next.startsWith("/v1/klasses?")).map(KlassList::queryOf);
      }
    }
    Map<String, String> classes = new TreeMap<>();
    KlassTables.of(names).tables().forEach((name, table) -> classes.put(table, name));
    return classes;
  }

  private static String queryOf(String link) {
    return link.substring(link.indexOf('?') + 1);
  }

  private static String className(KustomerRecord klass) {
    return klass.json().path("attributes").path("name").asText(klass.id());
  }
}
