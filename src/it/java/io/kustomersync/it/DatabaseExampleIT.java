package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.connector.CamelConnector;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.Polling;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import io.kustomersync.sink.database.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kustomer into PostgreSQL and MariaDB by the real routes, checkpoints beside the rows. */
class DatabaseExampleIT {

  private static final Path PAGE = Path.of("docs/sinks/database.md");

  @TempDir Path folder;

  @Test
  void theDocumentedExampleRunsOnPostgres() throws Exception {
    TestServer server = TestServer.shared(TestServer.Kind.POSTGRESQL);
    DataSource database = server.empty();
    execute(database, "drop schema if exists kustomer cascade");
    List<String> settings = blocks("properties").get(0).lines().map(line -> line.strip()).toList();
    List<String> ours = new ArrayList<>(settings);
    ours.replaceAll(line -> line.replace("localhost/crm", host(server)));
    ours.replaceAll(
        line ->
            line.startsWith("kustomer.database.user=") ? "kustomer.database.user=postgres" : line);

    List<JournalEntry> truth = syncTwice(ours);

    assertThat(rows(database, "select id from kustomer.k_customers where not deleted"))
        .hasSize((int) truth.stream().filter(entry -> !entry.deleted()).count());
    List<List<String>> answers = new ArrayList<>();
    for (String sql : blocks("sql")) {
      answers.add(rows(database, sql));
    }
    assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer).isNotEmpty());
    assertThat(answers.get(0).get(0)).endsWith("|2");
    assertThat(answers.get(1).get(0)).startsWith("home|");
    assertThat(answers.get(2).get(0)).startsWith("Every version of Kustomer's customers");
  }

  @Test
  void mariaDbEndsEqualToKustomerWithDeletedRowsRemoved() throws Exception {
    TestServer server = TestServer.shared(TestServer.Kind.MARIADB);
    DataSource database = server.empty();

    List<JournalEntry> truth =
        syncTwice(
            List.of(
                "kustomer.database.url=" + server.url(),
                "kustomer.database.user=" + server.user(),
                "kustomer.database.deletes=remove"));

    assertThat(rows(database, "select id, rev from customers"))
        .containsExactlyInAnyOrderElementsOf(
            truth.stream()
                .filter(entry -> !entry.deleted())
                .map(entry -> entry.id() + "|" + entry.rev())
                .toList());
    assertThat(rows(database, "select id from customers_deleted"))
        .hasSize((int) truth.stream().filter(JournalEntry::deleted).count());
  }

  /** Reads customers, changes and deletes some, and reads again as a new process does. */
  private List<JournalEntry> syncTwice(List<String> sets) throws Exception {
    Instant now = Instant.now();
    try (SandboxKustomer kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 1_200)
                .searchLag(Duration.ZERO)
                .span(now.minusSeconds(86_400L * 100), now.minusSeconds(3_600)))) {
      sync(kustomer, sets);
      kustomer.update("customers", 40, now.minusSeconds(60));
      kustomer.delete("customers", 7, now.minusSeconds(50));
      sync(kustomer, sets);
      return kustomer.journal("customers");
    }
  }

  private void sync(SandboxKustomer kustomer, List<String> sets) throws Exception {
    List<String> all = new ArrayList<>(sets);
    all.add("kustomer.url=" + kustomer.url());
    all.add("kustomer.start-date=2017-01-25");
    all.add("kustomer.routes=" + Path.of("routes").toAbsolutePath());
    Settings settings =
        new SettingsReader(
                folder,
                Map.of("KUSTOMER_API_TOKEN", "sandbox-token"),
                Clock.systemUTC(),
                warning -> {})
            .read(all, Set.of());
    try (Connector connector = CamelConnector.start(settings)) {
      TableDefinition customers =
          connector.source().tables().stream()
              .filter(table -> table.name().equals("customers"))
              .findFirst()
              .orElseThrow();
      assertThat(connector.polling().sync(customers, Polling.Listener.NONE).failure()).isEmpty();
    }
  }

  private static String host(TestServer server) {
    Matcher place = Pattern.compile("//([^?]+)").matcher(server.url());
    assertThat(place.find()).isTrue();
    return place.group(1);
  }

  /** The code blocks of the page in this language. */
  private static List<String> blocks(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(PAGE));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1).strip());
    }
    return blocks;
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          cells.add(found.getString(i));
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    }
  }
}
