package io.kustomersync.settings;

import io.kustomersync.settings.SettingSources.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks {@code kustomer.sink.<name>.<option>}: a sink's options are the placeholders that its file
 * uses, so a file a user adds brings its own. An option that ends in {@code password} may stand in
 * a file named by {@code <option>-file} as well.
 */
public final class SinkOptionsReader {

  public static final String KEY = SinkCatalogue.KEY;
  static final String VARIABLE = Setting.variable(KEY);

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\??kustomer\\.sink\\.([a-z0-9-]+)\\.([a-z0-9.-]+)");
  private static final String FILE = "-file";
  private static final int DEFAULT = 0;

  private final RouteFiles files;
  private final SettingType.Context context;
  private final Consumer<String> warnings;
  private final Map<String, Set<String>> options = new HashMap<>();

  SinkOptionsReader(RouteFiles files, SettingType.Context context, Consumer<String> warnings) {
    this.files = files;
    this.context = context;
    this.warnings = warnings;
  }

  /**
   * @param entries as found, in rising rank
   * @param problems gets a line for each that can't be used
   */
  SinkOptions read(List<Entry> entries, List<String> problems) {
    Map<String, Entry> chosen = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.rank() == DEFAULT && !offered(entry.name())) {
        continue; // nobody wrote it, and the user's files have no use for it
      }
      Optional<String> key =
          entry.name().startsWith(KEY) ? known(entry, problems) : ofVariable(entry, problems);
      if (key.isPresent()) {
        Entry other =
            chosen.put(
                withoutFile(key.get()),
                new Entry(entry.place(), key.get(), entry.value(), entry.rank()));
        if (other != null && other.rank() == entry.rank() && !other.name().equals(key.get())) {
          problems.add(
              entry.place()
                  + ": "
                  + other.name()
                  + " and "
                  + key.get()
                  + " are both set; remove one");
        }
      }
    }
    Map<String, String> plain = new HashMap<>();
    Map<String, Secret> passwords = new HashMap<>();
    chosen.forEach(
        (key, entry) -> {
          if (key.endsWith("password")) {
            password(key, entry, problems).ifPresent(secret -> passwords.put(key, secret));
          } else {
            plain(key, entry, problems).ifPresent(value -> plain.put(key, value));
          }
        });
    return new SinkOptions(plain, passwords);
  }

  private static Optional<String> plain(String key, Entry entry, List<String> problems) {
    String value = entry.value().strip();
    try {
      return Optional.of(SinkCatalogue.parser(key).parse(value));
    } catch (Refusal refusal) {
      problems.add(
          entry.place()
              + ": "
              + MessageText.shown(key)
              + (refusal.quotable() ? " \"" + MessageText.shown(value) + "\" " : " ")
              + refusal.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Secret> password(String key, Entry entry, List<String> problems) {
    if (entry.name().equals(key)) {
      if (entry.rank() == 3) {
        warnings.accept(
            "--set: "
                + key
                + " shows in the process list; use the environment variable "
                + Setting.variable(key)
                + " or "
                + key
                + FILE
                + " instead");
      }
      return Optional.of(new Secret(entry.value()));
    }
    try {
      return Optional.of(
          SecretValues.inFile(entry.value().strip(), (text, at) -> new Secret(text), context));
    } catch (Refusal refusal) {
      problems.add(entry.place() + ": " + entry.name() + " " + refusal.getMessage());
      return Optional.empty();
    }
  }

  /** {@code …password-file} → {@code …password}; anything else as it is. */
  private static String withoutFile(String key) {
    return key.endsWith("password" + FILE) ? key.substring(0, key.length() - FILE.length()) : key;
  }

  private Optional<String> known(Entry entry, List<String> problems) {
    String rest = entry.name().substring(KEY.length());
    int dot = rest.indexOf('.');
    String sink = dot < 0 ? rest : rest.substring(0, dot);
    if (!files.sinks().contains(sink)) {
      problems.add(
          entry.place()
              + ": "
              + MessageText.shown(entry.name())
              + " is for a sink \""
              + MessageText.shown(sink)
              + "\" that is not there; there are "
              + String.join(", ", files.sinks()));
      return Optional.empty();
    }
    if (dot < 0 || !options(sink).contains(rest.substring(dot + 1))) {
      problems.add(
          entry.place()
              + ": "
              + MessageText.shown(entry.name())
              + " is not an option of the sink "
              + sink
              + "; "
              + (options(sink).isEmpty()
                  ? "it has none"
                  : "its options are " + String.join(", ", options(sink))));
      return Optional.empty();
    }
    return Optional.of(entry.name());
  }

  private Optional<String> ofVariable(Entry entry, List<String> problems) {
    List<String> variables = new ArrayList<>();
    for (String sink : files.sinks()) {
      for (String option : options(sink)) {
        String key = KEY + sink + "." + option;
        if (Setting.variable(key).equals(entry.name())) {
          return Optional.of(key);
        }
        variables.add(Setting.variable(key));
      }
    }
    problems.add(
        entry.place()
            + ": "
            + MessageText.shown(entry.name())
            + " is not an option of a sink; "
            + Suggestion.nearest(entry.name(), variables)
                .map(name -> "did you mean " + name + "?")
                .orElse("unset it"));
    return Optional.empty();
  }

  private boolean offered(String key) {
    return files.sinks().stream()
        .filter(sink -> key.startsWith(KEY + sink + "."))
        .anyMatch(sink -> options(sink).contains(key.substring((KEY + sink + ".").length())));
  }

  private Set<String> options(String sink) {
    return options.computeIfAbsent(sink, this::read);
  }

  private Set<String> read(String sink) {
    Set<String> found = new TreeSet<>();
    try {
      Matcher placeholder = PLACEHOLDER.matcher(Files.readString(files.sink(sink)));
      while (placeholder.find()) {
        if (placeholder.group(1).equals(sink)) {
          String option = placeholder.group(2).replaceFirst("[.-]+$", "");
          found.add(option);
          if (option.endsWith("password")) {
            found.add(option + FILE);
          }
        }
      }
    } catch (IOException e) {
      throw new SettingsException(
          List.of(files.sink(sink) + ": can't be read; let this user read it as UTF-8 text"));
    }
    return found;
  }
}
