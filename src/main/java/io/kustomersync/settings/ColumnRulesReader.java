package io.kustomersync.settings;

import io.kustomersync.schema.ColumnRules;
import io.kustomersync.schema.ColumnRules.Action;
import io.kustomersync.settings.SettingSources.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks {@code kustomer.columns.<table>.include|exclude|hash|mask|drop}. */
final class ColumnRulesReader {

  static final String KEY = "kustomer.columns.";

  private static final String ACTIONS = "include|exclude|hash|mask|drop";
  private static final Pattern SETTING =
      Pattern.compile("kustomer\\.columns\\.([a-z0-9_*]+)\\.(" + ACTIONS + ")");
  private static final Pattern VARIABLE =
      Pattern.compile("KUSTOMER_COLUMNS_([A-Z0-9_]+)_(" + ACTIONS.toUpperCase(Locale.ROOT) + ")");
  private static final Pattern COLUMN = Pattern.compile("[a-z0-9_*]+");

  private final List<String> problems;

  /**
   * @param problems gets a line for each that can't be used
   */
  ColumnRulesReader(List<String> problems) {
    this.problems = problems;
  }

  /** {@code KUSTOMER_COLUMNS_CUSTOMERS_HASH} → {@code kustomer.columns.customers.hash}. */
  static Optional<String> key(String variable) {
    Matcher parts = VARIABLE.matcher(variable);
    return parts.matches()
        ? Optional.of(
            KEY
                + parts.group(1).toLowerCase(Locale.ROOT)
                + "."
                + parts.group(2).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /**
   * @param entries by key
   * @param hasKey whether there is a key to hash with
   */
  List<ColumnRules.Rule> read(Map<String, Entry> entries, boolean hasKey) {
    List<ColumnRules.Rule> rules = new ArrayList<>();
    entries.forEach(
        (key, entry) -> {
          Matcher parts = SETTING.matcher(key);
          String place = entry.place() + ": " + MessageText.shown(entry.name());
          if (!parts.matches()) {
            problems.add(
                place
                    + " is not a setting; write kustomer.columns.<table>.<action>, where the action"
                    + " is include, exclude, hash, mask or drop");
            return;
          }
          Action action = Action.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
          try {
            List<String> columns =
                NameValues.names(entry.value(), COLUMN, "for example emails,custom_*");
            refuseKept(columns, action);
            if (action == Action.HASH && !hasKey) {
              throw Refusal.of(
                  "needs a secret key; set the environment variable KUSTOMER_COLUMNS_KEY, or name a"
                      + " file that holds it in kustomer.columns.key-file");
            }
            rules.add(new ColumnRules.Rule(parts.group(1), action, columns, key));
          } catch (Refusal refusal) {
            problems.add(
                place + " \"" + MessageText.shown(entry.value()) + "\" " + refusal.getMessage());
          }
        });
    return rules;
  }

  private static void refuseKept(List<String> columns, Action action) throws Refusal {
    for (String column : columns) {
      if (action != Action.INCLUDE && ColumnRules.KEPT.contains(column)) {
        throw Refusal.of(
            "names "
                + column
                + ", without which sinks can't tell rows and versions apart; it always stays as it"
                + " is, remove it here");
      }
    }
  }
}
