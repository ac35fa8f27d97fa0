package io.kustomersync.settings;

import static io.kustomersync.settings.Section.SINKS;

import io.kustomersync.settings.SettingKind.Choice;
import io.kustomersync.settings.SettingKind.Plain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of the sinks shipped, as their files in {@code routes/sinks/} use them; users' own
 * sinks bring others ({@link SinkOptionsReader}).
 */
final class SinkCatalogue {
  static final String KEY = "kustomer.sink.";

  private static final String FOLDER = "Where the sink puts its files, one folder per table.";
  private static final String GZIP = "Whether the files are packed with gzip.";
  private static final String BROKER =
      "Where the brokers are; passwords in KUSTOMER_SINK_JMS_PASSWORD, KUSTOMER_SINK_AMQP_PASSWORD,"
          + " KUSTOMER_SINK_KAFKA_PASSWORD.";
  private static final String TARGET =
      "Which queue or topic; <table> stands for the table's name. A pattern without it puts all"
          + " tables into one.";
  private static final String DESTINATION_KIND = "What the destination is.";
  private static final String GROUP =
      "Whether messages carry the record's id as their group, so that of several consumers one gets"
          + " all versions of a record.";
  private static final String USER = "The user that the broker knows us as.";
  private static final String PASSWORD = "That user's password.";
  private static final String TIMEOUT =
      "Milliseconds after which a broker that says nothing has failed.";
  private static final Choice QUEUE_OR_TOPIC = new Choice(List.of("queue", "topic"));

  static final SettingFamily FAMILY =
      new SettingFamily(
          SINKS,
          "kustomer.sink.<name>.<option>",
          "An option of a sink, your own too: routes/sinks/<name>.camel.yaml has it as"
              + " {{kustomer.sink.<name>.<option>}}.",
          List.of());

  /** Those of one description side by side; the ones seldom needed last. */
  static final List<Setting<?>> OPTIONS =
      List.of(
          option("jsonl.folder", Plain.PATH, FOLDER).withDefault("data/jsonl"),
          option("csv.folder", Plain.PATH, FOLDER).withDefault("data/csv"),
          option("jsonl.gzip", Plain.TRUTH, GZIP).withDefault("false"),
          option("csv.gzip", Plain.TRUTH, GZIP).withDefault("false"),
          option(
                  "csv.guard-formulas",
                  Plain.TRUTH,
                  "Whether a text that a spreadsheet would run as a formula gets an apostrophe in"
                      + " front.")
              .withDefault("true"),
          option("jms.url", Plain.URL, BROKER).withDefault("tcp://localhost:61616"),
          option("amqp.url", Plain.URL, BROKER).withDefault("amqp://localhost:5672"),
          option("kafka.brokers", Plain.NAMES, BROKER).withDefault("localhost:9092"),
          option("jms.destination", Plain.TEXT, TARGET).withDefault("kustomer.<table>"),
          option("amqp.destination", Plain.TEXT, TARGET).withDefault("kustomer.<table>"),
          option("kafka.topic", Plain.TEXT, TARGET).withDefault("kustomer.<table>"),
          seldom("jms.kind", QUEUE_OR_TOPIC, DESTINATION_KIND).withDefault("queue"),
          seldom("jms.group", Plain.TRUTH, GROUP).withDefault("false"),
          seldom("jms.user", Plain.TEXT, USER),
          password("jms.password", PASSWORD),
          seldom("amqp.kind", QUEUE_OR_TOPIC, DESTINATION_KIND).withDefault("queue"),
          seldom("amqp.group", Plain.TRUTH, GROUP).withDefault("false"),
          seldom("amqp.user", Plain.TEXT, USER),
          password("amqp.password", PASSWORD),
          seldom("amqp.timeout", Plain.WHOLE_NUMBER, TIMEOUT).withDefault("30000"),
          seldom(
                  "kafka.tombstones",
                  Plain.TRUTH,
                  "Whether a deleted row has no value, so that a compacted topic forgets it.")
              .withDefault("false"),
          seldom("kafka.timeout", Plain.WHOLE_NUMBER, TIMEOUT).withDefault("30000"),
          seldom(
                  "kafka.security",
                  new Choice(List.of("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT")),
                  "How the connection is secured.")
              .withDefault("PLAINTEXT"),
          seldom(
                  "kafka.sasl-mechanism",
                  new Choice(List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")),
                  "How user and password are given.")
              .withDefault("SCRAM-SHA-512"),
          seldom("kafka.user", Plain.TEXT, USER),
          password("kafka.password", PASSWORD),
          seldom(
              "kafka.truststore",
              Plain.PATH,
              "A file with the certificates to trust; by default those of Java."),
          password("kafka.truststore-password", "That file's password."));

  static final List<CatalogueEntry> ENTRIES =
      Stream.<CatalogueEntry>concat(Stream.of(FAMILY), OPTIONS.stream()).toList();

  private SinkCatalogue() {}

  static Optional<Setting<?>> find(String key) {
    return OPTIONS.stream().filter(option -> option.key().equals(key)).findFirst();
  }

  /** What is refused of an option that is no password, of users' own sinks too. */
  static SettingType.PlainParser<String> parser(String key) {
    return text -> {
      CamelSettings.checkLogin(text);
      BrokerUrl.check(key, text);
      return text;
    };
  }

  private static Setting<String> option(String name, SettingKind kind, String description) {
    String key = KEY + name;
    return Setting.of(SINKS, key, SettingType.of(kind, parser(key)), description);
  }

  private static Setting<String> seldom(String name, SettingKind kind, String description) {
    return option(name, kind, description).seldomNeeded();
  }

  private static Setting<Secret> password(String name, String description) {
    return Setting.of(SINKS, KEY + name, SettingType.secret(Secret::new), description)
        .seldomNeeded();
  }
}
