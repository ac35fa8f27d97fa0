package io.kustomersync.verify;

import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.TablePage;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages of a made-up table, with what real ones hold: deletes, nulls, JSON, odd characters. */
final class TestRows {

  /** Where the sink puts them, if it puts them anywhere. */
  static final String TABLE = "kustomer_sync_verify";

  private static final Pattern ID_IN = Pattern.compile("kustomer-verify-\\d+");
  private static final String ID = "kustomer-verify-";
  private static final OffsetDateTime FIRST = OffsetDateTime.parse("2025-03-01T09:00:00.001Z");
  private static final int COUNT = 5;
  private static final TableSchema SCHEMA =
      new TableSchema(
          TABLE,
          List.of(
              new Column("id", ColumnType.TEXT, "$id"),
              new Column("name", ColumnType.TEXT, "attributes.name"),
              new Column("amount", ColumnType.DECIMAL, "attributes.amount"),
              new Column("created_at", ColumnType.TIMESTAMP, "attributes.createdAt"),
              new Column("updated_at", ColumnType.TIMESTAMP, "attributes.updatedAt"),
              new Column("rev", ColumnType.INTEGER, "attributes.rev"),
              new Column("deleted", ColumnType.BOOLEAN, "$deleted"),
              new Column("synced_at", ColumnType.TIMESTAMP, "$synced_at"),
              new Column("raw", ColumnType.JSON, "$raw")));

  private TestRows() {}

  static Set<String> ids() {
    return ids(COUNT);
  }

  static Set<String> ids(int count) {
    Set<String> ids = new TreeSet<>();
    for (int i = 1; i <= count; i++) {
      ids.add(ID + i);
    }
    return ids;
  }

  /** All records in that version; the higher, the later. Each fifth is deleted. */
  static TablePage page(long rev) {
    return page(rev, 1, COUNT, 0);
  }

  /**
   * The records from that one to that one.
   *
   * @param padding how many characters make each row longer
   */
  static TablePage page(long rev, int first, int last, int padding) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", ID + i);
      row.put("name", i == 2 ? null : "Zoë's \"=1+1\", version " + rev);
      row.put("amount", new BigDecimal("12345678901234567890.10"));
      row.put("created_at", FIRST);
      row.put("updated_at", FIRST.plusHours(rev).plusSeconds(i));
      row.put("rev", rev);
      row.put("deleted", i % COUNT == 0);
      row.put("synced_at", FIRST.plusDays(1));
      String pad = padding == 0 ? "" : ",\"pad\":\"" + "x".repeat(padding) + "\"";
      row.put("raw", "{\"id\":\"" + ID + i + "\",\"rev\":" + rev + pad + "}");
      rows.add(row);
    }
    return new TablePage(SCHEMA, rows);
  }

  /** The ids that a text holds. */
  static Set<String> idsIn(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = ID_IN.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
