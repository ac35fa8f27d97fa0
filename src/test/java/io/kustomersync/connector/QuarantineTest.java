package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import io.kustomersync.sink.BadRowException;
import io.kustomersync.sink.database.RowFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes and a database whose owner has put constraints on a table. */
class QuarantineTest {
  @TempDir Path folder;

  private SandboxKustomer kustomer;
  private List<String> ids;

  @BeforeEach
  void start() {
    kustomer = SandboxKustomer.start(SandboxOptions.empty().searchLag(Duration.ZERO));
    ids = kustomer.create("customers", 40, Instant.now().minusSeconds(60));
  }

  @AfterEach
  void stop() {
    kustomer.close();
  }

  @Test
  void rowsThatTheSinkCanNotTakeAreSetAsideAndTheOthersDelivered() throws Exception {
    sync();
    refuse(ids.get(7), ids.get(31));
    kustomer.update("customers", 40, Instant.now());

    Result result = sync();

    assertThat(result.failure()).isEmpty();
    assertThat(result.counts().quarantined()).isEqualTo(2);
    assertThat(result.counts().delivered()).isEqualTo(38);
    assertThat(rows("select id from customers where rev = 2")).hasSize(38);
    assertThat(quarantine())
        .allSatisfy(entry -> assertThat(entry.place()).isEqualTo("database"))
        .allSatisfy(entry -> assertThat(entry.reason()).contains("REFUSED"))
        .extracting(QuarantineEntry::id)
        .containsExactlyInAnyOrder(ids.get(7), ids.get(31));
    assertThat(sync().counts().delivered()).as("the checkpoint has moved").isZero();
  }

  @Test
  void newerVersionThatGoesThroughTakesTheEntryOut() throws Exception {
    sync();
    refuse(ids.get(7));
    kustomer.update("customers", ids.get(7), Instant.now());
    sync();
    assertThat(quarantine()).hasSize(1);

    kustomer.update("customers", ids.get(7), Instant.now());
    sync();

    assertThat(rows("select rev from customers where id = '" + ids.get(7) + "'"))
        .containsExactly("3");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void retryBringsTheVeryRowOnceTheSinkIsMended() throws Exception {
    sync();
    refuse(ids.get(7));
    kustomer.update("customers", ids.get(7), Instant.now());
    sync();
    try (Connector connector = CamelConnector.start(settings())) {
      assertThat(connector.sinks().retry(quarantine().get(0))).isPresent();
    }
    execute("alter table customers drop constraint refused");

    try (Connector connector = CamelConnector.start(settings())) {
      assertThat(connector.sinks().retry(quarantine().get(0))).isEmpty();
    }

    assertThat(rows("select rev || ' ' || (updated_at > created_at) from customers where rev > 1"))
        .containsExactly("2 TRUE");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void sinkThatTakesNoRowAtAllStopsThePoll() throws Exception {
    sync();
    execute("alter table customers add constraint refused check (rev < 2)");
    kustomer.update("customers", 40, Instant.now());

    Result result = sync();

    assertThat(result.failure()).get().asString().contains("takes none of 40 rows");
    assertThat(quarantine()).isEmpty();
    execute("alter table customers drop constraint refused");
    assertThat(sync().counts().delivered()).isEqualTo(40);
  }

  @Test
  void sinksBehindTheOneThatRefusesGetAllRows() throws Exception {
    Path routes = folder.resolve("routes");
    copy(Path.of("routes"), routes);
    Files.writeString(
        routes.resolve("sinks/other.camel.yaml"),
        """
        - route:
            id: sink-other
            from:
              uri: direct:sink-other
              steps:
                - split:
                    expression:
                      simple:
                        expression: "${body}"
                    stopOnException: true
                    steps:
                      - setBody:
                          expression:
                            simple:
                              expression: "merge into other values ('${body[id]}')"
                      - to:
                          uri: jdbc:database
        """);
    sync();
    execute("create table other (id varchar(100) primary key check (id <> '%s'))", ids.get(3));
    refuse(ids.get(7));
    kustomer.update("customers", 40, Instant.now());

    Result result = sync("kustomer.sinks=database,other", "kustomer.routes=" + routes);

    assertThat(result.failure()).isEmpty();
    assertThat(result.counts().quarantined()).isEqualTo(2);
    assertThat(rows("select id from other")).hasSize(39).contains(ids.get(7));
    assertThat(quarantine())
        .extracting(entry -> entry.place() + " " + entry.id())
        .containsExactlyInAnyOrder("database " + ids.get(7), "other " + ids.get(3));
  }

  @Test
  void aSinkThatIsDownIsNotABadRow() {
    assertThat(RowFault.isIn(new SQLException("connection lost", "08006"))).isFalse();
    assertThat(RowFault.isIn(new SQLException("disk full", "53100"))).isFalse();
    assertThat(RowFault.isIn(new IOException("no route to host"))).isFalse();
    assertThat(RowFault.isIn(new SQLException("serialization failure", "40001"))).isFalse();
    assertThat(RowFault.isIn(new SQLException("too long", "22001"))).isTrue();
    assertThat(RowFault.isIn(new IllegalStateException(new BadRowException("no")))).isTrue();
    BatchUpdateException batch = new BatchUpdateException("batch", null, 0, new int[0]);
    batch.setNextException(new SQLException("a row", "23514"));
    assertThat(RowFault.isIn(batch)).isTrue();
  }

  private Result sync(String... more) throws Exception {
    try (Connector connector = CamelConnector.start(settings(more))) {
      return connector
          .polling()
          .sync(
              TableChoice.choose(List.of("customers"), null, connector.source()).get(0),
              Polling.Listener.NONE);
    }
  }

  private List<QuarantineEntry> quarantine() throws Exception {
    try (Connector connector = CamelConnector.start(settings())) {
      return connector.state().quarantine().all();
    }
  }

  private Settings settings(String... more) {
    List<String> sets = new ArrayList<>();
    sets.add("kustomer.url=" + kustomer.url());
    sets.add("kustomer.routes=" + Path.of("routes").toAbsolutePath());
    sets.add("kustomer.start-date=2017-01-25");
    sets.add("kustomer.database.url=" + url());
    sets.addAll(List.of(more));
    return new SettingsReader(
            folder, Map.of("KUSTOMER_API_TOKEN", "sandbox-token"), Clock.systemUTC(), text -> {})
        .read(sets, Set.of());
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("data");
  }

  /** The second version of these records breaks a constraint of the table. */
  private void refuse(String... refused) throws SQLException {
    execute(
        "alter table customers add constraint refused check (rev <> 2 or id not in ('%s'))",
        String.join("', '", refused));
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(values));
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
