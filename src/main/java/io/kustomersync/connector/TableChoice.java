package io.kustomersync.connector;

import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.MessageText;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the tables that a user named among those that the routes define. */
public final class TableChoice {
  private static final String ALL_KLASSES = "kobjects";
  private static final String ONE_KLASS = "kobject_";

  private TableChoice() {}

  /**
   * @param names of the command line; those of {@code kustomer.tables} if empty. {@code
   *     kobject_<klass>} stands for one custom class, which Kustomer is asked for
   * @throws SettingsException or {@link UsageException} naming all that are not defined
   */
  public static List<TableDefinition> choose(
      List<String> names, Settings settings, KustomerSource source) {
    boolean named = !names.isEmpty();
    List<String> wanted = named ? names.stream().distinct().toList() : settings.reading().tables();
    Map<String, String> klasses = klasses(wanted, source);
    List<TableDefinition> chosen = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : wanted) {
      Optional<TableDefinition> defined = find(name, source.tables());
      if (defined.isPresent()) {
        chosen.add(defined.get());
      } else if (klasses.containsKey(name)) {
        chosen.add(source.define(name, klasses.get(name)));
      } else {
        problems.add(
            (named ? "" : "kustomer.tables: ")
                + unknown(name, source.tables())
                + klasses.keySet().stream().map(", "::concat).collect(Collectors.joining()));
      }
    }
    if (wanted.contains(ALL_KLASSES) && chosen.stream().anyMatch(TableChoice::isOneKlass)) {
      problems.add(
          "\""
              + ALL_KLASSES
              + "\" holds every kobject_ table already; write either it or single ones");
    }
    if (problems.isEmpty()) {
      return chosen;
    }
    throw named
        ? new UsageException(String.join(System.lineSeparator(), problems))
        : new SettingsException(problems);
  }

  private static boolean isOneKlass(TableDefinition table) {
    return table.name().startsWith(ONE_KLASS);
  }

  /** Asks Kustomer for its classes only when a table of one is wanted. */
  private static Map<String, String> klasses(List<String> wanted, KustomerSource source) {
    boolean any =
        wanted.stream()
            .anyMatch(name -> name.startsWith(ONE_KLASS) && find(name, source.tables()).isEmpty());
    return any ? KlassList.of(source.kustomer()) : Map.of();
  }

  public static Optional<TableDefinition> find(String name, List<TableDefinition> defined) {
    return defined.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  public static String unknown(String name, List<TableDefinition> defined) {
    return "routes/tables.camel.yaml defines no table \""
        + MessageText.shown(name)
        + "\"; write some of "
        + String.join(", ", defined.stream().map(TableDefinition::name).toList());
  }
}
