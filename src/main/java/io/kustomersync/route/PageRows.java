package io.kustomersync.route;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.schema.KlassTables;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.TablePage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes rows of records: parts custom objects by class, and remembers each table's columns before a
 * sink sees them, so that names stay what they are whatever happens next. Thread-safe as long as
 * one thread at a time delivers a table.
 */
public final class PageRows {

  private static final Logger LOG = LoggerFactory.getLogger(PageRows.class);
  private static final int SUSPICIOUS = 10;

  private final RowMapper mapper;
  private final ColumnRules columns;
  private final SchemaRepository schemas;
  private final KlassAssignment klasses;
  private final Map<String, TableSchema> known = new ConcurrentHashMap<>();

  /**
   * @param columns applied last, so that only treated values leave
   */
  public PageRows(RowMapper mapper, ColumnRules columns, SchemaRepository schemas) {
    this.mapper = mapper;
    this.columns = columns;
    this.schemas = schemas;
    this.klasses = new KlassAssignment(schemas);
  }

  /**
   * A record that no row can be made of, and why.
   *
   * @param treated whether some of its columns must not be kept as they are
   */
  record Unmapped(String table, KustomerRecord record, RuntimeException reason, boolean treated) {}

  /**
   * One page per table, in the order in which the tables first appear.
   *
   * @param ahead rows of the page that were made before, by table; may lack some or all
   * @param unmapped gets the records that no row can be made of
   */
  List<TablePage> of(
      TableDefinition table,
      Delivery delivery,
      Map<String, RowsAhead> ahead,
      List<Unmapped> unmapped) {
    List<TablePage> pages = new ArrayList<>();
    part(table.name(), delivery.records())
        .forEach(
            (name, records) -> {
              Mapped mapped =
                  Optional.ofNullable(ahead.get(name))
                      .flatMap(rows -> rows.of(schema(name), records))
                      .orElseGet(() -> map(name, records, unmapped));
              pages.add(page(mapped, records));
            });
    pages.removeIf(page -> page.rows().isEmpty());
    if (!delivery.gone().isEmpty()) {
      List<Map<String, Object>> tombstones =
          delivery.gone().stream().map(mapper::tombstone).toList();
      pages.add(new TablePage(columns.of(schema(table.name())), tombstones));
    }
    return pages;
  }

  /**
   * The rows of a page, by table, while earlier ones are still delivered. Remembers nothing, so any
   * thread may do it; what can't be made without that is left out.
   */
  Map<String, RowsAhead> ahead(String table, Page page) {
    Map<String, RowsAhead> ahead = new HashMap<>();
    part(table, page.records().stream().filter(this::isPlaced).toList())
        .forEach(
            (name, records) -> {
              TableSchema by = schema(name);
              try {
                ahead.put(name, new RowsAhead(by, records, mapper.map(by, records)));
                if (!columns.concern(name)) {
                  records.forEach(KustomerRecord::letGoOfJson); // hardly ever needed once more
                }
              } catch (RuntimeException e) {
                LOG.debug("{}: its rows are made when the page's turn comes", name, e);
              }
            });
    return ahead;
  }

  private boolean isPlaced(KustomerRecord record) {
    return KlassTables.klassOf(record.type()).map(klasses::knows).orElse(true);
  }

  private Map<String, List<KustomerRecord>> part(String table, List<KustomerRecord> records) {
    Map<String, List<KustomerRecord>> parts = new LinkedHashMap<>();
    for (KustomerRecord record : records) {
      String name = KlassTables.klassOf(record.type()).map(klasses::table).orElse(table);
      parts.computeIfAbsent(name, key -> new ArrayList<>()).add(record);
    }
    return parts;
  }

  /** Takes out of the records those that no row can be made of. */
  private Mapped map(String table, List<KustomerRecord> records, List<Unmapped> unmapped) {
    TableSchema before = schema(table);
    try {
      return mapper.map(before, records);
    } catch (RuntimeException e) {
      partUnmappable(table, records, unmapped);
      if (records.isEmpty() && unmapped.size() > SUSPICIOUS) {
        throw e; // a fault of ours rather than of so many records
      }
      return mapper.map(before, records);
    }
  }

  private TablePage page(Mapped mapped, List<KustomerRecord> records) {
    TableSchema schema = mapped.schema();
    if (!schema.equals(schema(schema.table()))) {
      schemas.save(schema);
      known.put(schema.table(), schema);
    }
    Mapped treated = columns.of(mapped, records);
    return new TablePage(treated.schema(), treated.rows());
  }

  private void partUnmappable(String table, List<KustomerRecord> records, List<Unmapped> unmapped) {
    TableSchema before = schema(table);
    records.removeIf(
        record -> {
          try {
            mapper.map(before, List.of(record));
            return false;
          } catch (RuntimeException e) {
            unmapped.add(new Unmapped(table, record, e, columns.concern(table)));
            return true;
          }
        });
  }

  private TableSchema schema(String table) {
    return known.computeIfAbsent(
        table, name -> schemas.find(name).orElseGet(() -> TableSchema.empty(name)));
  }
}
