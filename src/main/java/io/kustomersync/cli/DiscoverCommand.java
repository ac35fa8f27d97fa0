package io.kustomersync.cli;

import io.kustomersync.api.KustomerException;
import io.kustomersync.cli.terminal.JsonOutput;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.inspection.Sample;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "discover",
    description =
        "Lists tables and their columns with types, custom classes included, as the first records"
            + " of each show them. Writes nothing.")
final class DiscoverCommand implements Callable<Integer> {
  private final KustomerSync program;
  private boolean failed;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Default: all tables.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DiscoverCommand(KustomerSync program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = program.settings(Need.TOKEN).retryingOnce();
    List<TableSchema> found = new ArrayList<>();
    try (Connector connector = program.connect(settings)) {
      Sample sample = new Sample(connector.kustomer(), settings, program.clock());
      List<TableDefinition> tables =
          names.isEmpty() ? connector.tables() : TableChoice.choose(names, settings, connector);
      for (TableDefinition table : tables) {
        List<TableSchema> schemas =
            Sample.holdsClasses(table)
                ? classes(table.name(), sample, settings.reading().pageSize())
                : attempt(table.name(), () -> sample.of(table, settings.reading().pageSize()))
                    .map(Mapped::schema)
                    .stream()
                    .toList();
        if (!json) {
          schemas.forEach(this::show);
        }
        found.addAll(schemas);
      }
    }
    if (json) {
      JsonOutput.print(found.stream().map(DiscoverCommand::document).toList(), program.terminal());
    }
    return failed ? KustomerSync.FAILED : KustomerSync.OK;
  }

  private List<TableSchema> classes(String name, Sample sample, int records) {
    List<TableSchema> schemas = new ArrayList<>();
    attempt(name, sample::classes)
        .orElse(Map.of())
        .forEach(
            (table, className) ->
                attempt(table, () -> sample.ofClass(table, className, records))
                    .map(Mapped::schema)
                    .ifPresent(schemas::add));
    return schemas;
  }

  private <T> Optional<T> attempt(String table, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (KustomerException.Unauthorized e) {
      throw e;
    } catch (KustomerException e) {
      program.terminal().tell(table + ": " + program.said(e));
      failed = true;
      return Optional.empty();
    }
  }

  private void show(TableSchema schema) {
    program.terminal().say(schema.table());
    List<List<String>> rows =
        schema.columns().stream()
            .map(
                column ->
                    List.of("  " + column.name(), type(column), from(column).orElse("(added)")))
            .toList();
    program
        .terminal()
        .show(
            new TextTable(
                List.of(Heading.text("  column"), Heading.text("type"), Heading.text("from")),
                rows));
    program.terminal().say("");
  }

  private static Map<String, Object> document(TableSchema schema) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", schema.table());
    document.put(
        "columns",
        schema.columns().stream()
            .map(
                column -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("name", column.name());
                  fields.put("type", type(column));
                  fields.put("from", from(column).orElse(null));
                  return fields;
                })
            .toList());
    return document;
  }

  /** Where in Kustomer's record it stands; empty for what we add. */
  private static Optional<String> from(Column column) {
    return Optional.of(column.source()).filter(source -> !source.startsWith("$"));
  }

  private static String type(Column column) {
    return column.type().name().toLowerCase(Locale.ROOT);
  }
}
