package io.kustomersync.route;

import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.KlassTables;
import io.kustomersync.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which table each custom class has, kept with the schemas: a class keeps its table for ever, even
 * when another one with nearly the same name turns up. Thread-safe.
 */
public final class KlassAssignment {

  /** Stored like a table whose columns are tables; no class can have a name with a star. */
  private static final String STORED_AS = "kobject_*";

  private final SchemaRepository schemas;
  private KlassTables tables;

  public KlassAssignment(SchemaRepository schemas) {
    this.schemas = schemas;
  }

  /** Whether the class has its table already. */
  synchronized boolean knows(String klass) {
    return remembered().table(klass).isPresent();
  }

  synchronized String table(String klass) {
    if (remembered().table(klass).isEmpty()) {
      KlassTables more = tables.with(List.of(klass));
      schemas.save(
          new TableSchema(
              STORED_AS,
              more.tables().entrySet().stream()
                  .map(entry -> new Column(entry.getValue(), ColumnType.JSON, entry.getKey()))
                  .toList()));
      tables = more;
    }
    return tables.table(klass).orElseThrow();
  }

  /** Class → its table, of all classes seen so far. */
  public synchronized Map<String, String> tables() {
    return load().tables();
  }

  private KlassTables remembered() {
    if (tables == null) {
      tables = load();
    }
    return tables;
  }

  private KlassTables load() {
    Map<String, String> stored = new LinkedHashMap<>();
    schemas
        .find(STORED_AS)
        .ifPresent(
            schema ->
                schema.columns().forEach(column -> stored.put(column.source(), column.name())));
    return new KlassTables(stored);
  }
}
