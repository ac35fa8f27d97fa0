package io.kustomersync.app;

import io.kustomersync.read.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the tables that a user named among those that the routes define. */
final class TableChoice {
  private TableChoice() {}

  /**
   * @param names of the command line; those of {@code kustomer.tables} if empty
   * @throws SettingsException or {@link UsageException} naming all that are not defined
   */
  static List<TableDefinition> choose(
      List<String> names, Settings settings, List<TableDefinition> defined) {
    boolean named = !names.isEmpty();
    List<TableDefinition> chosen = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : named ? names.stream().distinct().toList() : settings.tables()) {
      find(name, defined)
          .ifPresentOrElse(
              chosen::add,
              () -> problems.add((named ? "" : "kustomer.tables: ") + unknown(name, defined)));
    }
    if (problems.isEmpty()) {
      return chosen;
    }
    throw named
        ? new UsageException(String.join(System.lineSeparator(), problems))
        : new SettingsException(problems);
  }

  static Optional<TableDefinition> find(String name, List<TableDefinition> defined) {
    return defined.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  static String unknown(String name, List<TableDefinition> defined) {
    return "routes/tables.camel.yaml defines no table \""
        + SettingsReader.shown(name)
        + "\"; write some of "
        + String.join(", ", defined.stream().map(TableDefinition::name).toList());
  }
}
