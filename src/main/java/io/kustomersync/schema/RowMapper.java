package io.kustomersync.schema;

import static io.kustomersync.schema.ColumnSource.Kind.CUSTOM;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.PagePlan.Slot;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a page of records into rows. Stateless and thread-safe: what is known of a table goes in
 * and comes out. No value is rounded, cut or dropped; a column widens instead.
 *
 * <p>A field that was only ever null has no column: its type is not known yet. An empty object or
 * list counts as null where a column holds scalars (kustomer-api.md §5).
 */
public final class RowMapper {

  private final boolean raw;
  private final Clock clock;

  /**
   * @param raw whether rows hold the record as sent; a column {@code raw} of earlier runs stays,
   *     but its values become null when a record changes, since an outdated one would mislead
   * @param clock for {@code synced_at}
   */
  public RowMapper(boolean raw, Clock clock) {
    this.raw = raw;
    this.clock = clock;
  }

  /**
   * @param known the schema this returned for the table's last page; {@link TableSchema#empty}
   *     before the first
   */
  public Mapped map(TableSchema known, List<KustomerRecord> records) {
    PagePlan plan = new PagePlan(known, raw);
    OffsetDateTime now = now();
    List<Object[]> cells = new ArrayList<>(records.size());
    for (KustomerRecord record : records) {
      cells.add(new AttributeFlattener(plan, record).read(now, raw));
    }
    for (Slot slot : plan.slots()) {
      if (slot.widened) {
        convertAgain(slot, records, cells);
      }
    }
    return new Mapped(plan.schema(), rows(plan, cells));
  }

  /**
   * The row for a record that Kustomer does not list any more. It has only the columns that change;
   * a sink leaves those it does not have as they are.
   */
  public Map<String, Object> tombstone(String id) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("deleted", true);
    row.put("synced_at", now());
    return row;
  }

  /** In whole microseconds, which every database can hold. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static void convertAgain(Slot slot, List<KustomerRecord> records, List<Object[]> cells) {
    for (int i = 0; i < cells.size(); i++) {
      JsonNode attributes = records.get(i).json().path("attributes");
      JsonNode fields = slot.source.kind() == CUSTOM ? attributes.path("custom") : attributes;
      JsonNode value = fields.path(slot.source.field());
      boolean absent = value.isMissingNode() || value.isNull();
      if (!absent && !AttributeFlattener.isParted(slot.source, value)) {
        cells.get(i)[slot.index] = CellValue.of(slot.type, value);
      }
    }
  }

  private static List<Map<String, Object>> rows(PagePlan plan, List<Object[]> cells) {
    int width = plan.slots().size();
    String[] names = new String[width];
    for (Slot slot : plan.slots()) {
      names[slot.index] = slot.name;
    }
    int capacity = width * 4 / 3 + 1;
    List<Map<String, Object>> rows = new ArrayList<>(cells.size());
    for (Object[] values : cells) {
      Map<String, Object> row = new LinkedHashMap<>(capacity);
      for (int i = 0; i < width; i++) {
        // A record read before the column was found has no place for it.
        row.put(names[i], i < values.length ? values[i] : null);
      }
      rows.add(row);
    }
    return rows;
  }
}
