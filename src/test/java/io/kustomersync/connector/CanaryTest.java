package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.HeardLog;
import io.kustomersync.inspection.Sample;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each field of a record of each table holds a canary. With every column treated, none is found in
 * what the connector leaves behind: database, checkpoint store, files, logs; nor in what preview
 * and discover show.
 */
class CanaryTest {

  private static final String WORD = "Canary";
  private static final String NUMBER = "7741774177";
  private static final Map<String, String> TYPES = types();

  @TempDir Path folder;

  @RegisterExtension final HeardLog log = new HeardLog(Level.DEBUG);

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("customers", "customer");
    types.put("conversations", "conversation");
    types.put("messages", "message");
    types.put("notes", "note");
    types.put("companies", "company");
    types.put("kobjects", "kobject.order");
    types.put("users", "user");
    types.put("teams", "team");
    types.put("tags", "tag");
    types.put("shortcuts", "shortcut");
    types.put("brands", "brand");
    return types;
  }

  private static String record(String table, String type) {
    String field = "\"" + WORD + " " + table + "\"";
    String nested =
        "{\"email\":%1$s,\"deep\":[{\"text\":%1$s,\"n\":%2$s}]}".formatted(field, NUMBER);
    return """
    {"id":"65f000000000000000000001","type":"%2$s","links":{"self":"/v1/x/%4$s"},
    "meta":{"note":%1$s},
    "attributes":{"name":%1$s,"createdAt":"2025-03-01T09:00:00.000Z",
    "updatedAt":"2025-03-01T09:00:00.000Z","rev":3,"emails":[%5$s],"preview":%5$s,
    "score":%3$s,"signedUpAt":%1$s,"lastSeenAt":%1$s,"password":%5$s,"tags":[%1$s],
    "custom":{"nameStr":%1$s,"noteTxt":%1$s,"sizeNum":%3$s,"dueAt":%1$s,"vipBool":%1$s,
    "siteUrl":%1$s,"otherId":[%1$s],"pathTree":%1$s,"plain":%5$s}},
    "relationships":{"customer":{"links":{"self":"/v1/customers/%4$s"},
    "data":{"type":"customer","id":%1$s}},
    "watchers":{"data":[{"type":"user","id":%1$s}]},"odd":{"data":%1$s}}}
    """
        .formatted(field, type, NUMBER, WORD, nested);
  }

  @Test
  void withoutRulesTheCanariesAreFoundEverywhere() throws Exception {
    sync();

    assertThat(found(WORD)).anyMatch(place -> place.endsWith(".mv.db"));
    assertThat(found(WORD)).anyMatch(place -> place.endsWith(".jsonl"));
    assertThat(dump()).contains(WORD, NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kustomer.columns.*.hash=*",
        "kustomer.columns.*.mask=*",
        "kustomer.columns.*.drop=*",
        "kustomer.columns.*.exclude=*",
        "kustomer.columns.*.include=id,raw"
      })
  void withEveryColumnTreatedNoCanaryIsLeftInClear(String rule) throws Exception {
    sync(rule);

    assertThat(found(WORD)).isEmpty();
    assertThat(found(NUMBER)).isEmpty();
    assertThat(dump()).doesNotContain(WORD, NUMBER).contains("65f000000000000000000001");
    assertThat(log.toString()).doesNotContain(WORD, NUMBER).contains("up to date");
  }

  @Test
  void hashedColumnsStayEqualAndRawAgrees() throws Exception {
    sync("kustomer.columns.cust*.hash=name,custom_*_str", "kustomer.columns.customers.drop=emails");

    List<String> row =
        strings("select name, custom_name_str, score, preview, raw from customers").get(0);
    assertThat(row.get(0)).matches("[0-9a-f]{64}").isEqualTo(row.get(1));
    assertThat(row.get(2)).isEqualTo(NUMBER);
    assertThat(row.get(3)).contains(WORD);
    assertThat(row.get(4))
        .contains("\"name\":\"" + row.get(0) + "\"", "\"preview\":{\"email\":\"Canary customers\"")
        .doesNotContain("emails", "meta");
    assertThat(strings("select raw from notes").get(0).get(0)).contains("\"meta\":{\"note\"");
    assertThat(
            strings(
                "select column_name from information_schema.columns where table_name='CUSTOMERS'"))
        .doesNotContain(List.of("EMAILS"));
  }

  /** Reads every table once; looks at samples too. */
  private void sync(String... rules) throws Exception {
    try (SandboxKustomer kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .klasses(Klass.of("order", "enabled", 0))
                .searchLag(Duration.ZERO)
                .span(Instant.now().minusSeconds(999), Instant.now().minusSeconds(99)))) {
      TYPES.forEach(
          (table, type) ->
              kustomer.put(
                  table.equals("kobjects") ? "kobject_order" : table, record(table, type)));
      Settings settings = settings(kustomer, rules);
      try (Connector connector = CamelConnector.start(settings)) {
        for (String table : TYPES.keySet()) {
          TableDefinition definition =
              connector.source().tables().stream()
                  .filter(t -> t.name().equals(table))
                  .findFirst()
                  .get();
          assertThat(connector.polling().sync(definition, Polling.Listener.NONE).failure())
              .isEmpty();
          String shown =
              new Sample(connector.source().kustomer(), settings, Clock.systemUTC())
                  .of(definition, 10)
                  .toString();
          assertThat(shown).contains("65f000000000000000000001");
          assertThat(shown.contains(WORD)).as(shown).isEqualTo(!everything(rules));
        }
      }
    }
  }

  private static boolean everything(String... rules) {
    return rules.length == 1;
  }

  private Settings settings(SandboxKustomer kustomer, String... rules) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "kustomer.url=" + kustomer.url(),
                "kustomer.routes=" + Path.of("routes").toAbsolutePath(),
                "kustomer.start-date=2017-01-25",
                "kustomer.sinks=database,jsonl",
                "kustomer.sink.jsonl.folder=" + folder.resolve("jsonl"),
                "kustomer.database.history=true",
                "kustomer.database.url=" + database()));
    sets.addAll(List.of(rules));
    return new SettingsReader(
            folder,
            Map.of(
                "KUSTOMER_API_TOKEN", "sandbox-token",
                "KUSTOMER_COLUMNS_KEY", "0123456789abcdef0123456789abcdef"),
            Clock.systemUTC(),
            warning -> {})
        .read(sets, Set.of());
  }

  private String database() {
    return "jdbc:h2:file:" + folder.resolve("data");
  }

  /** All there is in the database, checkpoints too, as SQL. */
  private String dump() throws SQLException {
    StringBuilder dump = new StringBuilder();
    strings("script").forEach(row -> dump.append(row.get(0)).append('\n'));
    return dump.toString();
  }

  private List<List<String>> strings(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database(), "sa", "");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        found.add(row);
      }
      return found;
    }
  }

  /** The files that hold the text. */
  private List<String> found(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          found.add(file.toString());
        }
      }
    }
    return found;
  }
}
