package io.kustomersync.connector;

import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.route.KlassAssignment;
import java.util.Map;
import java.util.TreeMap;

/** Which tables of a sink hold what is read as one. */
final class SinkTables {
  private static final String KOBJECT = "kobject";

  private final SchemaRepository schemas;

  SinkTables(SchemaRepository schemas) {
    this.schemas = schemas;
  }

  /** Table of the sink → type of its records: {@code kobject.<klass>}, empty for all others. */
  Map<String, String> of(TableDefinition table) {
    boolean parted = table instanceof SearchTable search && search.context().startsWith(KOBJECT);
    if (!parted) {
      return Map.of(table.name(), "");
    }
    String context = ((SearchTable) table).context();
    Map<String, String> tables = new TreeMap<>();
    new KlassAssignment(schemas)
        .tables()
        .forEach(
            (klass, name) -> {
              if (context.equals(KOBJECT) || context.equals(KOBJECT + "_" + klass)) {
                tables.put(name, KOBJECT + "." + klass);
              }
            });
    return tables;
  }
}
