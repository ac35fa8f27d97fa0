package io.kustomersync.settings;

import static io.kustomersync.settings.Section.KUSTOMER;
import static io.kustomersync.settings.SettingType.choices;

import io.kustomersync.read.BackfillMode;
import io.kustomersync.settings.SettingKind.Measure;
import io.kustomersync.settings.SettingKind.Plain;
import io.kustomersync.settings.SettingKind.Range;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of how Kustomer is asked. */
final class KustomerCatalogue {
  private static final Declarations DECLARED = new Declarations();

  static final Setting<URI> URL =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.url",
                  SettingType.of(Plain.URL, KustomerUrl::parse),
                  "Your region: US https://api.kustomerapp.com, EU"
                      + " https://api.prod2.kustomerapp.com, India"
                      + " https://api.prod4.kustomerapp.com, or https://<org>.api.kustomerapp.com.")
              .withDefault("https://api.kustomerapp.com"));

  static final Setting<Secret> API_TOKEN =
      DECLARED.add(
          Setting.of(
              KUSTOMER,
              "kustomer.api-token",
              SettingType.secret(SecretValues::token),
              "The API key."));

  static final Setting<Instant> START_DATE =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.start-date",
                  new SettingType<>(
                      Plain.DATE_TIME,
                      (text, context) -> SettingValues.startDate(text, context.clock())),
                  "Records changed from this UTC date-time on are read. Needed by sync and run.")
              .withExample("2017-01-25T00:00:00Z"));

  static final Setting<List<String>> TABLES =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.tables",
                  SettingType.names(
                      Pattern.compile("[a-z][a-z0-9_]*"), "for example customers,conversations"),
                  "Which tables; `kustomer-sync discover` lists them.")
              .withDefault("conversations,customers,kobjects"));

  static final Setting<Integer> PAGE_SIZE =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.page-size",
                  SettingType.of(
                      new Range(Measure.WHOLE_NUMBER, "2", "500"), SettingValues::pageSize),
                  "Records per search.")
              .withDefault("500"));

  static final Setting<Integer> READ_AHEAD =
      DECLARED.add(
          wholeNumber(
              "kustomer.read-ahead",
              1,
              16,
              3,
              "How many calls a table may have under way at a time: more where answers are slow."
                  + " Fewer are made where the answers would not fit into memory."));

  static final Setting<BackfillMode> BACKFILL =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.backfill",
                  SettingType.choice(
                      choices("search", BackfillMode.SEARCH, "both", BackfillMode.BOTH)),
                  "Through what a first load is read: search, or both search and the tables' lists"
                      + " side by side, faster where your plan allows many more calls than searches"
                      + " (docs/performance.md). With both, kustomer.read-ahead must be 2 or more.")
              .withDefault("search"));

  static final Setting<Duration> OVERLAP =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.overlap",
                  SettingType.of(new Range(Measure.DURATION, "0s", "24h"), SettingValues::overlap),
                  "How far before the last position each poll starts, since search lags behind"
                      + " writes.")
              .withDefault("5m"));

  static final Setting<Double> BUDGET_SHARE =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.budget.share",
                  SettingType.of(new SettingKind.Share(), SettingValues::share),
                  "The part of Kustomer's rate limits that we use; the rest is for your other"
                      + " users.")
              .withDefault("0.8"));

  static final Setting<Long> MAX_ANSWER_SIZE =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.max-answer-size",
                  SettingType.of(new Range(Measure.SIZE, "1MB", "1GB"), SettingValues::size),
                  "An answer larger than this, unpacked, is refused.")
              .withDefault("64MB"));

  static final Setting<String> RESOURCE =
      DECLARED.add(
          Setting.of(
                  KUSTOMER,
                  "kustomer.resource",
                  SettingType.name(
                      Pattern.compile("[a-z][a-z0-9_-]{0,62}"), "a-z, 0-9, _ and - only"),
                  "Name of this connection in keys and checkpoints.")
              .withDefault("default")
              .seldomNeeded());

  static final Setting<Integer> RETRIES =
      DECLARED.add(
          wholeNumber(
                  "kustomer.retries",
                  0,
                  100,
                  8,
                  "How often a call that failed (5xx, no connection, an answer cut short) is made"
                      + " again, waiting ever longer, before the poll fails.")
              .seldomNeeded());

  static final List<CatalogueEntry> ENTRIES = DECLARED.entries();

  private KustomerCatalogue() {}

  private static Setting<Integer> wholeNumber(
      String key, int least, int most, int byDefault, String description) {
    return Setting.of(KUSTOMER, key, SettingType.wholeNumber(least, most, byDefault), description)
        .withDefault(Integer.toString(byDefault));
  }
}
