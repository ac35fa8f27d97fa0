package io.kustomersync.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names of all settings. */
public final class SettingKeys {
  static final String URL = "kustomer.url";
  static final String API_TOKEN = "kustomer.api-token";
  static final String API_TOKEN_FILE = "kustomer.api-token-file";
  static final String START_DATE = "kustomer.start-date";
  static final String RESOURCE = "kustomer.resource";
  static final String TABLES = "kustomer.tables";
  static final String SINKS = "kustomer.sinks";
  static final String SCHEDULE = "kustomer.schedule";
  static final String PAGE_SIZE = "kustomer.page-size";
  static final String READ_AHEAD = "kustomer.read-ahead";
  static final String BACKFILL = "kustomer.backfill";
  static final String OVERLAP = "kustomer.overlap";
  static final String BUDGET_SHARE = "kustomer.budget.share";
  static final String DATABASE_URL = "kustomer.database.url";
  static final String DATABASE_USER = "kustomer.database.user";
  static final String DATABASE_PASSWORD = "kustomer.database.password";
  static final String DATABASE_PASSWORD_FILE = "kustomer.database.password-file";
  static final String CHECKPOINT_URL = "kustomer.checkpoint.url";
  static final String CHECKPOINT_USER = "kustomer.checkpoint.user";
  static final String CHECKPOINT_PASSWORD = "kustomer.checkpoint.password";
  static final String CHECKPOINT_PASSWORD_FILE = "kustomer.checkpoint.password-file";
  static final String RAW = "kustomer.raw";
  static final String ROUTES = "kustomer.routes";
  static final String MAX_ANSWER_SIZE = "kustomer.max-answer-size";
  static final String RETRIES = "kustomer.retries";

  static final String LEASE = "kustomer.lease";

  static final String DATABASE_SCHEMA = "kustomer.database.schema";
  static final String DATABASE_TABLE_PREFIX = "kustomer.database.table-prefix";
  static final String DATABASE_DELETES = "kustomer.database.deletes";
  static final String DATABASE_HISTORY = "kustomer.database.history";
  static final String COLUMNS_KEY = "kustomer.columns.key";
  static final String COLUMNS_KEY_FILE = "kustomer.columns.key-file";

  static final List<String> ALL =
      List.of(
          URL,
          API_TOKEN,
          API_TOKEN_FILE,
          START_DATE,
          RESOURCE,
          TABLES,
          SINKS,
          SCHEDULE,
          PAGE_SIZE,
          READ_AHEAD,
          BACKFILL,
          OVERLAP,
          BUDGET_SHARE,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          DATABASE_PASSWORD_FILE,
          CHECKPOINT_URL,
          CHECKPOINT_USER,
          CHECKPOINT_PASSWORD,
          CHECKPOINT_PASSWORD_FILE,
          RAW,
          ROUTES,
          MAX_ANSWER_SIZE,
          RETRIES,
          LEASE,
          DATABASE_SCHEMA,
          DATABASE_TABLE_PREFIX,
          DATABASE_DELETES,
          DATABASE_HISTORY,
          COLUMNS_KEY,
          COLUMNS_KEY_FILE);

  static final List<String> SECRET =
      List.of(API_TOKEN, DATABASE_PASSWORD, CHECKPOINT_PASSWORD, COLUMNS_KEY);

  /** All names begin with {@code kustomer.}, which says nothing about nearness. */
  private static final int PREFIX = 9;

  private SettingKeys() {}

  /** {@code kustomer.api-token} → {@code KUSTOMER_API_TOKEN}. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The known name that is likely meant, if any is near: few letters differ, or it ends so. */
  public static Optional<String> nearest(String wrong, List<String> known) {
    String word = wrong.substring(Math.max(wrong.lastIndexOf('.'), wrong.lastIndexOf('_')) + 1);
    return known.stream()
        .min(Comparator.comparingInt(key -> distance(wrong, key)))
        .filter(key -> distance(wrong, key) <= Math.max(2, (key.length() - PREFIX) / 3))
        .or(
            () ->
                known.stream().filter(key -> word.length() > 3 && key.endsWith(word)).findFirst());
  }

  /** Levenshtein's: insertions, deletions and replacements, case apart. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
