package io.kustomersync.schema;

import io.kustomersync.api.KustomerRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Which columns go on and what becomes of personal data, before any sink, quarantine or log sees a
 * value. {@code raw} is made anew of the columns that go on, treated as they are, so that nothing
 * is in it that was left out elsewhere. Thread-safe.
 */
public final class ColumnRules {

  /** What becomes of a column; of several, the last of these that is asked for. */
  public enum Action {
    /** The column goes on as it is; if a table has such a rule, no other column does. */
    INCLUDE,
    /** HMAC-SHA256 of the value's text with the key, in hex: equal values stay equal. */
    HASH,
    /** Letters become x, digits 0; length and punctuation stay. */
    MASK,
    /** The column is left out, as with EXCLUDE. */
    DROP,
    /** The column is left out. */
    EXCLUDE
  }

  /**
   * @param table name or pattern; {@code *} stands for any characters
   * @param columns names or patterns
   * @param setting its name, for messages
   */
  public record Rule(String table, Action action, List<String> columns, String setting) {
    public Rule {
      columns = List.copyOf(columns);
    }
  }

  /** No rule: all columns go on as they are. */
  public static final ColumnRules NONE = new ColumnRules(List.of(), Optional.empty(), line -> {});

  /** Sinks compare these; without them no row is safe. */
  public static final Set<String> KEPT = Set.of("id", "updated_at", "rev", "deleted", "synced_at");

  private final List<Rule> rules;
  private final ValueTreatment values;
  private final Consumer<String> warnings;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * @param key for HASH; there must be one if a rule hashes
   * @param warnings told once of a column that no table has
   */
  public ColumnRules(List<Rule> rules, Optional<String> key, Consumer<String> warnings) {
    this.rules = List.copyOf(rules);
    this.values = new ValueTreatment(key);
    this.warnings = warnings;
  }

  /** Whether anything of this table is left out or treated. */
  public boolean concern(String table) {
    return rules.stream().anyMatch(rule -> matches(rule.table(), table));
  }

  /** The columns that sinks get, with the types they get. */
  public TableSchema of(TableSchema schema) {
    if (!concern(schema.table())) {
      return schema;
    }
    List<Column> columns = new ArrayList<>();
    treatments(schema)
        .forEach(
            (column, action) -> {
              if (action == Action.INCLUDE) {
                columns.add(column);
              } else if (action == Action.HASH || action == Action.MASK) {
                boolean json = action == Action.MASK && column.type() == ColumnType.JSON;
                ColumnType type = json ? ColumnType.JSON : ColumnType.TEXT;
                columns.add(new Column(column.name(), type, column.source()));
              }
            });
    return new TableSchema(schema.table(), columns);
  }

  /**
   * @param records that the rows were made of, in their order
   */
  public Mapped of(Mapped mapped, List<KustomerRecord> records) {
    TableSchema schema = mapped.schema();
    if (!concern(schema.table())) {
      return mapped;
    }
    warnOfUnknown(schema);
    Map<Column, Action> treatments = treatments(schema);
    List<Map<String, Object>> rows = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      rows.add(row(treatments, mapped.rows().get(i), records.get(i)));
    }
    return new Mapped(of(schema), rows);
  }

  private Map<String, Object> row(
      Map<Column, Action> treatments, Map<String, Object> row, KustomerRecord record) {
    TreatedRecord raw = new TreatedRecord(record, values);
    Map<String, Object> treated = new LinkedHashMap<>();
    treatments.forEach(
        (column, action) -> {
          Object value = row.get(column.name());
          boolean goesOn = action != Action.DROP && action != Action.EXCLUDE;
          if (goesOn && !column.source().equals(TreatedRecord.RAW)) {
            treated.put(column.name(), raw.take(column, action, value));
          } else if (goesOn) {
            // keeps the column's place; its value needs all the others
            treated.put(column.name(), value);
          }
        });
    treatments.forEach(
        (column, action) -> {
          if (column.source().equals(TreatedRecord.RAW) && treated.get(column.name()) != null) {
            treated.put(column.name(), values.of(action, raw.json()));
          }
        });
    return treated;
  }

  private Map<Column, Action> treatments(TableSchema schema) {
    List<Rule> ours = rules.stream().filter(rule -> matches(rule.table(), schema.table())).toList();
    boolean chosen = ours.stream().anyMatch(rule -> rule.action() == Action.INCLUDE);
    Map<Column, Action> treatments = new LinkedHashMap<>();
    for (Column column : schema.columns()) {
      treatments.put(
          column, KEPT.contains(column.name()) ? Action.INCLUDE : action(column, ours, chosen));
    }
    return treatments;
  }

  private static Action action(Column column, List<Rule> rules, boolean chosen) {
    Action action = null;
    boolean included = false;
    for (Rule rule : rules) {
      boolean named = rule.columns().stream().anyMatch(pattern -> names(pattern, column));
      included |= named && rule.action() == Action.INCLUDE;
      if (named && (action == null || rule.action().compareTo(action) > 0)) {
        action = rule.action();
      }
    }
    if (chosen && !included) {
      return Action.EXCLUDE;
    }
    return action == null ? Action.INCLUDE : action;
  }

  /** What did not fit created_at is in created_at_text, and is treated alike. */
  private static boolean names(String pattern, Column column) {
    boolean rest = column.source().startsWith("$") && column.name().endsWith("_text");
    return matches(pattern, column.name())
        || (rest && matches(pattern, column.source().replaceAll("^\\$|_text$", "")));
  }

  private void warnOfUnknown(TableSchema schema) {
    for (Rule rule : rules) {
      if (!matches(rule.table(), schema.table())) {
        continue;
      }
      for (String name : rule.columns()) {
        boolean known =
            name.contains("*") || schema.columns().stream().anyMatch(c -> names(name, c));
        if (!known && warned.add(rule.setting() + " " + schema.table() + " " + name)) {
          warnings.accept(
              rule.setting()
                  + " names "
                  + name
                  + ", but "
                  + schema.table()
                  + " has no such column so far; \"kustomer-sync discover "
                  + schema.table()
                  + "\" lists its columns");
        }
      }
    }
  }

  private static boolean matches(String pattern, String name) {
    return pattern.equals(name)
        || (pattern.contains("*")
            && Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", name));
  }
}
