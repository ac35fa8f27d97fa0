package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real routes against the sandbox, in one process. */
class CamelConnectorTest {

  private static final String TOKEN = "sandbox-token";

  @TempDir Path folder;

  private SandboxOptions kobjects() {
    Instant now = Instant.now();
    return SandboxOptions.empty()
        .klasses(Klass.of("order", "enabled", 700), Klass.of("shopify-order", "existing_only", 30))
        .count("customers", 20)
        .span(now.minusSeconds(86_400L * 100), now.minusSeconds(3_600));
  }

  private Settings settings(SandboxKustomer kustomer, String... more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "kustomer.url=" + kustomer.url(),
                "kustomer.routes=" + Path.of("routes").toAbsolutePath(),
                "kustomer.start-date=2017-01-25",
                "kustomer.database.url=" + database()));
    sets.addAll(List.of(more));
    return new SettingsReader(
            folder, Map.of("KUSTOMER_API_TOKEN", TOKEN), Clock.systemUTC(), warning -> {})
        .read(sets, Set.of());
  }

  private String database() {
    return "jdbc:h2:file:" + folder.resolve("data");
  }

  private Set<String> strings(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database(), "sa", "");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      Set<String> found = new TreeSet<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static Result sync(Connector connector, String table) {
    Settings none = null;
    TableDefinition definition =
        TableChoice.choose(List.of(table), none, connector.source()).get(0);
    return connector.polling().sync(definition, Polling.Listener.NONE);
  }

  @Test
  void oneCustomClassCanBeReadApartFromTheOthers() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects());
        Connector connector = CamelConnector.start(settings(kustomer))) {
      assertThat(sync(connector, "kobject_shopify_order").failure()).isEmpty();

      assertThat(strings("select id from kobject_shopify_order")).hasSize(30);
      assertThat(strings("select table_name from information_schema.tables"))
          .doesNotContain("KOBJECT_ORDER");
    }
  }

  @Test
  void eachCustomClassBecomesATable() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects());
        Connector connector = CamelConnector.start(settings(kustomer))) {
      assertThat(sync(connector, "kobjects").failure()).isEmpty();

      assertThat(strings("select id from kobject_order")).hasSize(700);
      assertThat(strings("select id from kobject_shopify_order")).hasSize(30);
    }
  }

  @Test
  void allClassesAndOneOfThemTogetherAreRefused() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects());
        Connector connector = CamelConnector.start(settings(kustomer))) {
      assertThatThrownBy(
              () ->
                  TableChoice.choose(
                      List.of("kobjects", "kobject_order"), null, connector.source()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("holds every kobject_ table already");
    }
  }

  @Test
  void aScheduleOfHoursBeginsWithAPollAtOnce() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects());
        Connector connector = CamelConnector.start(settings(kustomer, "kustomer.schedule=5h"))) {
      connector
          .polling()
          .startSchedule(TableChoice.choose(List.of("customers"), null, connector.source()));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(connector.state().checkpoints().statuses())
                      .extracting(TableStatus::rows)
                      .containsExactly(20L));
    }
  }

  @Test
  void aRefusedTokenEndsTheScheduleWithTheReason() throws Exception {
    try (SandboxKustomer kustomer =
            SandboxKustomer.start(kobjects().tokens(Token.all("another-token")));
        Connector connector = CamelConnector.start(settings(kustomer, "kustomer.schedule=5s"))) {
      connector
          .polling()
          .startSchedule(TableChoice.choose(List.of("customers"), null, connector.source()));

      assertThat(connector.polling().end().get(30, TimeUnit.SECONDS))
          .isInstanceOf(KustomerException.Unauthorized.class);
    }
  }

  @Test
  void aTableWithoutItsRoleFailsAndTheOthersGoOn() throws Exception {
    try (SandboxKustomer kustomer =
            SandboxKustomer.start(
                kobjects()
                    .tokens(Token.of(TOKEN, "org.user.search.read", "org.user.customer.read")));
        Connector connector = CamelConnector.start(settings(kustomer))) {
      assertThat(sync(connector, "tags").failure())
          .get()
          .isInstanceOf(KustomerException.Forbidden.class);
      assertThat(sync(connector, "customers").failure()).isEmpty();

      assertThat(strings("select id from customers")).hasSize(20);
      assertThat(connector.state().checkpoints().statuses())
          .anySatisfy(
              status -> {
                assertThat(status.table()).isEqualTo("tags");
                assertThat(status.lastError()).get().asString().contains("org.user.tag.read");
              });
    }
  }

  @Test
  void rowsOfAnotherCompanyAreRefused() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects())) {
      try (Connector connector = CamelConnector.start(settings(kustomer))) {
        assertThat(sync(connector, "customers").failure()).isEmpty();
      }
    }
    try (SandboxKustomer other =
            SandboxKustomer.start(SandboxOptions.empty().searchLag(Duration.ZERO));
        Connector connector = CamelConnector.start(settings(other))) {
      other.put(
          "customers",
          """
          {"type":"customer","id":"66f1a2b3c4d5e6f7a8b9c0d1",
           "attributes":{"updatedAt":"%s","createdAt":"2025-01-01T00:00:00.000Z","rev":1},
           "relationships":{"org":{"data":{"type":"org","id":"another-company"}}}}"""
              .formatted(Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS)));
      assertThat(sync(connector, "customers").failure().map(Throwable::getMessage))
          .get()
          .asString()
          .contains("Kustomer answers for the company another-company");
    }
    assertThat(strings("select id from customers")).hasSize(20);
  }

  @Test
  void stoppedWhileItWaitsForTheLimitItEndsAtOnce() throws Exception {
    try (SandboxKustomer kustomer = SandboxKustomer.start(kobjects().searchLimit(1))) {
      Connector connector = CamelConnector.start(settings(kustomer, "kustomer.page-size=5"));
      CompletableFuture<Result> sync =
          CompletableFuture.supplyAsync(() -> sync(connector, "customers"));
      await().atMost(Duration.ofSeconds(60)).until(CamelConnectorTest::waitsForTheLimit);

      Instant begin = Instant.now();
      connector.close();

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
      assertThat(sync.get(10, TimeUnit.SECONDS).failure())
          .get()
          .asString()
          .contains("stopped before the end; the next sync goes on from here");
    }
  }

  private static boolean waitsForTheLimit() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals("io.kustomersync.api.Budget$Ticks$1")
                    && frame.getMethodName().equals("await"));
  }
}
