package io.kustomersync.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gathers what is written in application.properties, the environment and {@code --set}, each
 * overriding the one before, and notes every name that is no setting.
 */
final class SettingSources {
  static final String FILE = "application.properties";

  /**
   * A value as found.
   *
   * @param place where, for the message
   * @param name as written there: the key, or the environment variable
   * @param rank higher overrides lower
   */
  record Entry(String place, String name, String value, int rank) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, String> camel = new LinkedHashMap<>();
  private final List<Entry> sinkOptions = new ArrayList<>();
  private final Map<String, Entry> columns = new TreeMap<>();
  private final List<String> problems;
  private final String place;

  SettingSources(
      Path home, Map<String, String> environment, List<String> sets, List<String> problems) {
    this.problems = problems;
    place = FILE;
    addFile(home.resolve(FILE));
    addEnvironment(environment);
    addCommandLine(sets);
  }

  SettingSources(
      Configuration configuration, Map<String, String> environment, List<String> problems) {
    this.problems = problems;
    place = configuration.place();
    new TreeMap<>(configuration.defaults())
        .forEach((key, value) -> add(new Entry("default", key, value, 0)));
    new TreeMap<>(configuration.values())
        .forEach((key, value) -> add(new Entry(place, key, value, 1)));
    addEnvironment(environment);
  }

  /** Where most settings stand, for a message about one that is missing. */
  String place() {
    return place;
  }

  Map<String, Entry> entries() {
    return entries;
  }

  Map<String, String> camel() {
    return camel;
  }

  /** Every {@code kustomer.sink.*} and {@code KUSTOMER_SINK_*}, in rising rank. */
  List<Entry> sinkOptions() {
    return sinkOptions;
  }

  /** Every {@code kustomer.columns.<table>.<action>}; the highest of each. */
  Map<String, Entry> columns() {
    return columns;
  }

  private void addFile(Path file) {
    Map<String, Integer> seen = new HashMap<>();
    for (PropertiesFile.Line line : PropertiesFile.read(file, problems)) {
      String place = FILE + ":" + line.number();
      Integer before = seen.put(line.key(), line.number());
      if (before != null) {
        problems.add(
            place
                + ": "
                + MessageText.shown(line.key())
                + " is set on line "
                + before
                + " already; remove one");
      }
      add(new Entry(place, line.key(), line.value(), 1));
    }
  }

  private void addEnvironment(Map<String, String> environment) {
    Map<String, String> variables =
        SettingsCatalogue.keys().stream()
            .collect(Collectors.toMap(Setting::variable, Function.identity()));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!name.startsWith("KUSTOMER_") || name.startsWith("KUSTOMER_SYNC_")) {
                return;
              }
              String key = variables.get(name);
              if (key == null && name.startsWith(SinkOptionsReader.VARIABLE)) {
                sinkOptions.add(new Entry("environment", name, value, 2));
              } else if (key == null && ColumnRulesReader.key(name).isPresent()) {
                columns.put(
                    ColumnRulesReader.key(name).get(), new Entry("environment", name, value, 2));
              } else if (key == null) {
                refuse("environment", name, variables.keySet().stream().sorted().toList(), "unset");
              } else {
                entries.put(key, new Entry("environment", name, value, 2));
              }
            });
  }

  private void addCommandLine(List<String> sets) {
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        // Not shown: it may be a token that lost its key.
        problems.add("--set: what follows is not key=value; write --set kustomer.page-size=500");
      } else {
        add(new Entry("--set", set.substring(0, equals).strip(), set.substring(equals + 1), 3));
      }
    }
  }

  private void add(Entry entry) {
    if (entry.name().startsWith("camel.")) {
      try {
        CamelSettings.check(entry.name(), entry.value());
      } catch (Refusal refusal) {
        problems.add(
            entry.place() + ": " + MessageText.shown(entry.name()) + " " + refusal.getMessage());
      }
      camel.put(entry.name(), entry.value());
    } else if (entry.name().startsWith(SinkOptionsReader.KEY)) {
      sinkOptions.add(entry);
    } else if (SettingsCatalogue.keys().contains(entry.name())) {
      entries.put(entry.name(), entry);
    } else if (entry.name().startsWith(ColumnRulesReader.KEY)) {
      columns.put(entry.name(), entry);
    } else {
      refuse(entry.place(), entry.name(), SettingsCatalogue.keys(), "remove");
    }
  }

  private void refuse(String place, String name, List<String> known, String otherwise) {
    problems.add(
        place
            + ": "
            + MessageText.shown(name)
            + " is not a setting; "
            + Suggestion.nearest(name, known)
                .map(key -> "did you mean " + key + "?")
                .orElse(
                    otherwise + " it (all settings stand in the application.properties shipped)"));
  }
}
