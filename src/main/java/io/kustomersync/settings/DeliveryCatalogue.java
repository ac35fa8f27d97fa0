package io.kustomersync.settings;

import static io.kustomersync.settings.Section.DATABASE;
import static io.kustomersync.settings.Section.DELIVERY;
import static io.kustomersync.settings.SettingType.choices;

import io.kustomersync.settings.SettingKind.Measure;
import io.kustomersync.settings.SettingKind.Plain;
import io.kustomersync.settings.SettingKind.Range;
import io.kustomersync.sink.database.DatabaseOptions.Deletes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of when rows are fetched, where they go and how the database sink lays them out. */
final class DeliveryCatalogue {
  private static final Declarations DECLARED = new Declarations();

  static final Setting<Schedule> SCHEDULE =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.schedule",
                  new SettingType<>(
                      Plain.SCHEDULE,
                      (text, context) -> ScheduleParser.parse(text, context.clock())),
                  "When `run` polls: an interval of 5s or more (30s, 5m, PT5M), or a Quartz cron"
                      + " expression in UTC (0 0/15 * * * ?).")
              .withDefault("1m"));

  static final Setting<List<String>> SINKS =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.sinks",
                  SettingType.names(
                      Pattern.compile("[a-z][a-z0-9-]*"), "for example database,files"),
                  "Which sinks, in the order of delivery: names of routes/sinks/<name>.camel.yaml.")
              .withDefault("database"));

  static final Setting<Boolean> RAW =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.raw",
                  SettingType.TRUTH,
                  "Whether rows hold the record as Kustomer sent it, in the column raw.")
              .withDefault("true"));

  static final Setting<String> DATABASE_URL =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.database.url",
                  SettingType.JDBC_URL,
                  "The database sink: jdbc:h2:file:<path>, jdbc:postgresql://<host>/<database>,"
                      + " jdbc:mariadb://… or jdbc:mysql://…; their drivers are in lib/.")
              .withDefault("jdbc:h2:file:data/kustomer;AUTO_SERVER=TRUE"));

  static final Setting<String> DATABASE_USER =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.database.user",
                  SettingType.TEXT,
                  "The user there. With other databases than H2, by default the driver's own.")
              .withDefault("sa"));

  static final Setting<Secret> DATABASE_PASSWORD =
      DECLARED.add(
          Setting.of(
              DELIVERY,
              "kustomer.database.password",
              SettingType.secret(Secret::new),
              "That user's password."));

  static final Setting<String> CHECKPOINT_URL =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.checkpoint.url",
                  SettingType.JDBC_URL,
                  "Where the checkpoints are kept: by default in the database above, and nowhere"
                      + " else if the rows are in H2.")
              .following(DATABASE_URL));

  static final Setting<String> CHECKPOINT_USER =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.checkpoint.user",
                  SettingType.TEXT,
                  "The user there, if the place is another.")
              .following(DATABASE_USER));

  static final Setting<Secret> CHECKPOINT_PASSWORD =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.checkpoint.password",
                  SettingType.secret(Secret::new),
                  "That user's password.")
              .following(DATABASE_PASSWORD));

  static final Setting<Path> ROUTES =
      DECLARED.add(
          Setting.of(DELIVERY, "kustomer.routes", SettingType.PATH, "The folder of the routes.")
              .withDefault("routes")
              .seldomNeeded());

  static final Setting<Duration> LEASE =
      DECLARED.add(
          Setting.of(
                  DELIVERY,
                  "kustomer.lease",
                  SettingType.of(new Range(Measure.DURATION, "5s", "1h"), SettingValues::lease),
                  "How long a second process waits for one that went silent (another host, frozen)"
                      + " before it may take over.")
              .withDefault("30s")
              .seldomNeeded());

  static final Setting<String> DATABASE_SCHEMA =
      DECLARED.add(
          Setting.of(
                  DATABASE,
                  "kustomer.database.schema",
                  SettingType.name(Pattern.compile("[a-z][a-z0-9_]{0,62}"), "a-z, 0-9 and _ only"),
                  "The schema (in MariaDB and MySQL: the database) that the tables are in, made if"
                      + " it is missing. By default the one that the connection begins in.")
              .withExample("kustomer"));

  static final Setting<String> DATABASE_TABLE_PREFIX =
      DECLARED.add(
          Setting.of(
                  DATABASE,
                  "kustomer.database.table-prefix",
                  SettingType.name(
                      Pattern.compile("[a-z][a-z0-9_]{0,29}"), "a-z, 0-9 and _ only, 30 at most"),
                  "What the tables' names begin with. By default nothing.")
              .withExample("kustomer_"));

  static final Setting<Deletes> DATABASE_DELETES =
      DECLARED.add(
          Setting.of(
                  DATABASE,
                  "kustomer.database.deletes",
                  SettingType.choice(choices("mark", Deletes.MARK, "remove", Deletes.REMOVE)),
                  "What becomes of rows that Kustomer deleted: mark (deleted = true) or remove (out"
                      + " of the table).")
              .withDefault("mark"));

  static final Setting<Boolean> DATABASE_HISTORY =
      DECLARED.add(
          Setting.of(
                  DATABASE,
                  "kustomer.database.history",
                  SettingType.TRUTH,
                  "Whether each version is kept in <table>_history as well.")
              .withDefault("false"));

  static final List<CatalogueEntry> ENTRIES = DECLARED.entries();

  private DeliveryCatalogue() {}
}
