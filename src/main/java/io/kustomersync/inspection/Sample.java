package io.kustomersync.inspection;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.connector.KlassList;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Looks at the first records of tables, without writing anything. */
public final class Sample {
  /** Live search reaches back two years (kustomer-api.md §3.6). */
  private static final Duration LIVE = Duration.ofDays(2 * 365);

  /** The one stream of all custom classes (kustomer-api.md §9). */
  private static final String ALL_CLASSES = "kobject";

  private final Kustomer kustomer;
  private final RowMapper mapper;
  private final ColumnRules columns;
  private final Instant since;

  public Sample(Kustomer kustomer, Settings settings, Clock clock) {
    this.kustomer = kustomer;
    this.mapper = new RowMapper(settings.columns().raw(), clock);
    this.columns = settings.columns().rules();
    Instant live = clock.instant().minus(LIVE);
    this.since = settings.reading().startDate().filter(live::isBefore).orElse(live);
  }

  /** The first rows of a table that the routes define; of all classes mixed for KObjects. */
  public Mapped of(TableDefinition table, int records) {
    return map(table.name(), ProbeRequest.of(table, since, records));
  }

  /** The first rows of one custom class. */
  Mapped ofClass(String table, String className, int records) {
    return map(
        table, ProbeRequest.search(ALL_CLASSES + "_" + className, ALL_CLASSES, since, records));
  }

  static boolean holdsClasses(TableDefinition table) {
    return table instanceof SearchTable search && search.context().equals(ALL_CLASSES);
  }

  /** Table name → name of its class, for all custom classes. */
  Map<String, String> classes() {
    return KlassList.of(kustomer);
  }

  private Mapped map(String table, ApiRequest request) {
    List<KustomerRecord> records = kustomer.ask(request).records();
    return columns.of(mapper.map(TableSchema.empty(table), records), records);
  }
}
