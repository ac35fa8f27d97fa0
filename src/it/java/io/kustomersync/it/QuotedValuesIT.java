package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.HeardLog;
import io.kustomersync.connector.CamelConnector;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.Polling;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import io.kustomersync.sink.database.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Databases quote values in their errors: "Key (name)=(…) already exists", "Duplicate entry '…'",
 * "Failing row contains (…)". What is treated must be treated there too: in the reason kept in the
 * quarantine, in the last error of a table, and in logs at DEBUG.
 */
class QuotedValuesIT {

  private static final String WORD = "Canary";
  private static final String TREATED =
      "kustomer.columns.*.hash=name,custom_*,emails;kustomer.columns.*.mask=preview";

  /** Where the rows go. */
  enum Database {
    H2,
    POSTGRESQL,
    MARIADB
  }

  @TempDir Path folder;

  @RegisterExtension final HeardLog log = new HeardLog(Level.DEBUG);

  @ParameterizedTest
  @EnumSource
  void aRowThatTheDatabaseRefusesIsQuotedTreatedOnly(Database kind) throws Exception {
    try (Connection database = open(kind);
        SandboxKustomer kustomer = kustomer()) {
      put(kustomer, 1, 1);
      put(kustomer, 2, 2, "Jane", 1);
      sync(kustomer, kind);
      execute(database, "create unique index one_of_each on customers (" + indexed(kind) + ")");
      put(kustomer, 2, 2, WORD, 2); // renamed like the other

      assertThat(sync(kustomer, kind).counts().quarantined()).isEqualTo(1);

      String left = everything(database);
      assertThat(left).containsIgnoringCase("one_of_each").doesNotContain(WORD);
      assertThat(left).as("the database did quote the value").containsPattern(quoted(kind));
      assertThat(log.toString()).contains("put into the quarantine").doesNotContain(WORD);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatTakesNoRowAtAllIsToldOfTreatedOnly(Database kind) throws Exception {
    try (Connection database = open(kind);
        SandboxKustomer kustomer = kustomer()) {
      put(kustomer, 1, 1);
      sync(kustomer, kind);
      execute(
          database,
          "alter table customers add constraint refused check (length(preview) < 2 or id like '%1')");
      put(kustomer, 20, 39);

      assertThat(sync(kustomer, kind).failure()).isPresent();

      String left = everything(database).toLowerCase(java.util.Locale.ROOT);
      assertThat(left).contains("refused").doesNotContain("canary");
      assertThat(log.toString()).doesNotContain(WORD, "sandbox-token");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTextTooLongForAColumnThatAUserNarrowedIsToldOfTreatedOnly(Database kind) throws Exception {
    refused(kind, "name", "varchar(20)", "too long");
  }

  /** All but MariaDB quote what they do not take for a number. */
  @ParameterizedTest
  @EnumSource
  void aTextForAColumnThatAUserMadeANumberIsToldOfTreatedOnly(Database kind) throws Exception {
    String says =
        switch (kind) {
          case H2 -> "conversion error";
          case POSTGRESQL -> "invalid input syntax";
          case MARIADB -> "data truncated";
        };
    String left = refused(kind, "custom_name_str", "smallint", says);

    if (kind != Database.MARIADB) {
      assertThat(left).as("the database did quote it").containsPattern("['\"][0-9a-f]{64}");
    }
  }

  private String refused(Database kind, String column, String type, String says) throws Exception {
    try (Connection database = open(kind);
        SandboxKustomer kustomer = kustomer()) {
      put(kustomer, 1, 1);
      sync(kustomer, kind);
      execute(database, "update customers set " + column + " = null");
      execute(
          database,
          switch (kind) {
            case H2 -> "alter table customers alter column " + column + " set data type " + type;
            case POSTGRESQL ->
                "alter table customers alter column %1$s type %2$s using %1$s::%2$s"
                    .formatted(column, type);
            case MARIADB -> "alter table customers modify column " + column + " " + type;
          });
      put(kustomer, 2, 2);

      assertThat(sync(kustomer, kind).counts().quarantined()).isEqualTo(1);

      String left = everything(database);
      assertThat(left).containsIgnoringCase(says).doesNotContain(WORD);
      assertThat(log.toString()).contains("put into the quarantine").doesNotContain(WORD);
      return left;
    }
  }

  private static String quoted(Database kind) {
    return switch (kind) {
      case H2 -> "VALUES \\( .*'[0-9a-f]{64}'";
      case POSTGRESQL -> "Key \\(name\\)=\\([0-9a-f]{64}\\)";
      case MARIADB -> "Duplicate entry '[0-9a-f]{10}";
    };
  }

  private static String indexed(Database kind) {
    return kind == Database.MARIADB ? "name(64)" : "name";
  }

  private static SandboxKustomer kustomer() {
    Instant now = Instant.now();
    return SandboxKustomer.start(
        SandboxOptions.empty()
            .searchLag(Duration.ZERO)
            .span(now.minusSeconds(999), now.minusSeconds(99)));
  }

  private static void put(SandboxKustomer kustomer, int from, int to) {
    put(kustomer, from, to, WORD, 1);
  }

  private static void put(SandboxKustomer kustomer, int from, int to, String name, int rev) {
    for (int i = from; i <= to; i++) {
      kustomer.put(
          "customers",
          """
          {"id":"65f0000000000000000%1$05d","type":"customer",
          "attributes":{"name":"%4$s Doe","createdAt":"2025-03-01T09:00:00.000Z",
          "updatedAt":"2025-03-01T09:%3$02d:00.000Z","rev":%5$d,"preview":"%2$s on the phone",
          "emails":[{"email":"%2$s@example.com"}],"custom":{"nameStr":"%2$s"}}}
          """
              .formatted(i * 10 + (i == 1 ? 1 : 2), WORD, i + rev - 1, name, rev));
    }
  }

  private Connection open(Database kind) throws Exception {
    if (kind != Database.H2) {
      server(kind).empty();
    }
    return DriverManager.getConnection(url(kind), user(kind), "");
  }

  private static TestServer server(Database kind) throws Exception {
    return TestServer.shared(TestServer.Kind.valueOf(kind.name()));
  }

  private String url(Database kind) throws Exception {
    return kind == Database.H2
        ? "jdbc:h2:file:" + folder.resolve("data") + ";AUTO_SERVER=TRUE"
        : server(kind).url().replaceFirst("[?]user=.*", "");
  }

  private String user(Database kind) throws Exception {
    return kind == Database.H2 ? "sa" : server(kind).user();
  }

  private Polling.Result sync(SandboxKustomer kustomer, Database kind) throws Exception {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "kustomer.url=" + kustomer.url(),
                "kustomer.routes=" + Path.of("routes").toAbsolutePath(),
                "kustomer.start-date=2017-01-25",
                "kustomer.overlap=0s",
                "kustomer.database.url=" + url(kind),
                "kustomer.database.user=" + user(kind)));
    sets.addAll(List.of(TREATED.split(";")));
    Settings settings =
        new SettingsReader(
                folder,
                Map.of(
                    "KUSTOMER_API_TOKEN", "sandbox-token",
                    "KUSTOMER_COLUMNS_KEY", "0123456789abcdef0123456789abcdef"),
                Clock.systemUTC(),
                warning -> {})
            .read(sets, Set.of());
    try (Connector connector = CamelConnector.start(settings)) {
      TableDefinition customers =
          connector.source().tables().stream()
              .filter(table -> table.name().equals("customers"))
              .findFirst()
              .orElseThrow();
      return connector.polling().sync(customers, Polling.Listener.NONE);
    }
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  /** All cells of all tables, those of the checkpoints and the quarantine too. */
  private static String everything(Connection database) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        database.getMetaData().getTables(database.getCatalog(), database.getSchema(), "%", null)) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    String quote = database.getMetaData().getIdentifierQuoteString();
    StringBuilder all = new StringBuilder();
    for (String table : tables) {
      try (Statement statement = database.createStatement();
          ResultSet rows = statement.executeQuery("select * from " + quote + table + quote)) {
        while (rows.next()) {
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            all.append(rows.getString(i)).append('\n');
          }
        }
      } catch (SQLException e) {
        // an index or a sequence is listed among the tables
        all.append(e.getSQLState()).append('\n');
      }
    }
    return all.toString();
  }
}
