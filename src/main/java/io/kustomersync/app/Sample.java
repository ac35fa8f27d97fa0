package io.kustomersync.app;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.schema.KlassTables;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at the first records of tables, without writing anything. */
final class Sample {
  /** Live search reaches back two years (kustomer-api.md §3.6). */
  private static final Duration LIVE = Duration.ofDays(2 * 365);

  /** The one stream of all custom classes (kustomer-api.md §9). */
  private static final String ALL_CLASSES = "kobject";

  /** The default hides the other two (kustomer-api.md §9). */
  private static final List<String> STATUSES =
      List.of("status=enabled", "status=disabled", "status=existing_only");

  private static final int MOST_CLASS_PAGES = 100;

  private final Kustomer kustomer;
  private final RowMapper mapper;
  private final Instant since;

  Sample(Kustomer kustomer, Settings settings, Clock clock) {
    this.kustomer = kustomer;
    this.mapper = new RowMapper(settings.raw(), clock);
    Instant live = clock.instant().minus(LIVE);
    this.since = settings.startDate().filter(live::isBefore).orElse(live);
  }

  /** The first rows of a table that the routes define; of all classes mixed for KObjects. */
  Mapped of(TableDefinition table, int records) {
    return map(table.name(), Probe.of(table, since, records));
  }

  /** The first rows of one custom class. */
  Mapped ofClass(String table, String className, int records) {
    return map(table, Probe.search(ALL_CLASSES + "_" + className, ALL_CLASSES, since, records));
  }

  static boolean holdsClasses(TableDefinition table) {
    return table instanceof SearchTable search && search.context().equals(ALL_CLASSES);
  }

  /** Table name → name of its class, for all custom classes. */
  Map<String, String> classes() {
    List<String> names = new ArrayList<>();
    for (String status : STATUSES) {
      Optional<String> query = Optional.of("page=1&pageSize=100&" + status);
      for (int i = 0; query.isPresent() && i < MOST_CLASS_PAGES; i++) {
        Page page = kustomer.ask(ApiRequest.get("/v1/klasses", query.get()));
        page.records().forEach(klass -> names.add(className(klass)));
        query = page.next().filter(next -> next.startsWith("/v1/klasses?")).map(Sample::queryOf);
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

  private Mapped map(String table, ApiRequest request) {
    return mapper.map(TableSchema.empty(table), kustomer.ask(request).records());
  }
}
