package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kustomer returns is data: neither names nor values in it do anything. */
class HostileRecordsTest {
  private static final String ID = "66f1a2b3c4d5e6f7a8b9c0d1";

  @TempDir Path folder;

  @Test
  void expressionsAndPlaceholdersInValuesStayText() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "${sys:user.home}");
    fields.put("company", "{{kustomer.resource}}");
    fields.put("title", "#class:java.lang.ProcessBuilder");
    fields.put("note", "${bean:checkpoints?method=delete}");
    fields.put("quote", "'); drop table customers; --");

    sync(fields);

    assertThat(row("name, company, title, note, quote")).containsExactlyElementsOf(fields.values());
  }

  @Test
  void namesOfHeadersAndOfPathsAndOfSqlBecomePlainColumns() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("CamelHttpUri", "http://127.0.0.1:1/stolen");
    fields.put("cAmElHttpMethod", "DELETE");
    fields.put("../../etc/passwd", "path");
    fields.put("x\"; drop table customers; --", "sql");
    fields.put("a\u0000b", "nul");
    fields.put("select", "word");
    fields.put("n".repeat(300), "long");

    SandboxKustomer kustomer = sync(fields);

    assertThat(kustomer.violations()).isEmpty();
    Set<String> values = Set.copyOf(row("*"));
    assertThat(values).containsAll(fields.values());
    assertThat(columns()).allMatch(name -> name.matches("(?i)[a-z_][a-z0-9_]{0,62}"));
  }

  private SandboxKustomer sync(Map<String, String> fields) throws Exception {
    ObjectNode record = new ObjectMapper().createObjectNode();
    record.put("type", "customer").put("id", ID);
    ObjectNode attributes = record.putObject("attributes");
    fields.forEach(attributes::put);
    Instant at = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    attributes.put("updatedAt", at.toString()).put("createdAt", at.toString()).put("rev", 1);
    try (SandboxKustomer kustomer =
        SandboxKustomer.start(SandboxOptions.empty().searchLag(Duration.ZERO))) {
      kustomer.put("customers", record.toString());
      Settings settings =
          new SettingsReader(
                  folder,
                  Map.of("KUSTOMER_API_TOKEN", "sandbox-token"),
                  Clock.systemUTC(),
                  text -> {})
              .read(
                  List.of(
                      "kustomer.url=" + kustomer.url(),
                      "kustomer.routes=" + Path.of("routes").toAbsolutePath(),
                      "kustomer.start-date=2017-01-25",
                      "kustomer.database.url=" + url()),
                  Set.of());
      try (Connector connector = CamelConnector.start(settings)) {
        assertThat(
                connector
                    .polling()
                    .sync(
                        TableChoice.choose(List.of("customers"), null, connector.source()).get(0),
                        Polling.Listener.NONE)
                    .failure())
            .isEmpty();
      }
      return kustomer;
    }
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("data");
  }

  private List<String> row(String columns) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select " + columns + " from customers")) {
      assertThat(rows.next()).isTrue();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        values.add(String.valueOf(rows.getString(i)));
      }
      assertThat(rows.next()).isFalse();
      return values;
    }
  }

  private List<String> columns() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        ResultSet found = connection.getMetaData().getColumns(null, null, "CUSTOMERS", "%")) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString("COLUMN_NAME"));
      }
      return names;
    }
  }
}
