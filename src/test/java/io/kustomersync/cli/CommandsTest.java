package io.kustomersync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.CannedConnector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.read.TableDefinition;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String MEMORY = "kustomer.database.url=jdbc:h2:mem:commands";
  private static final String TOKEN = "secret-token-of-the-test";

  @TempDir Path home;

  private final CannedConnector connector = new CannedConnector();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ConnectorFactory factory = settings -> connector.connector();

  @Test
  void checkSaysForEachTableWhetherTheKeyMayReadIt() {
    connector.refusals.put(
        "conversation", new KustomerException.Forbidden("conversations need org.user.search.read"));

    assertThat(execute("check", "--set", MEMORY)).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly(
            "database: ok",
            "https://api.kustomerapp.com: ok",
            "conversations: forbidden: conversations need org.user.search.read",
            "customers: ok",
            "kobjects: ok");
    assertThat(connector.closed).isTrue();
  }

  @Test
  void checkEndsWellWhenAllIsWell() {
    assertThat(execute("check", "users", "--set", MEMORY)).isZero();

    assertThat(connector.asked)
        .extracting(Object::toString)
        .containsExactly("GET /v1/auth/tokens/current", "GET /v1/users?page=1&pageSize=1");
  }

  @Test
  void checkStopsAtAWrongToken() {
    connector.refusals.put(
        "/v1/auth/tokens/current", new KustomerException.Unauthorized("the key is not valid"));

    assertThat(execute("check", "--set", MEMORY)).isEqualTo(1);

    assertThat(out.toString())
        .endsWith("https://api.kustomerapp.com: failed: the key is not valid\n");
    assertThat(connector.asked).hasSize(1);
  }

  @Test
  void checkNamesADatabaseThatCanNotBeReached() {
    assertThat(execute("check", "--set", "kustomer.database.url=jdbc:mysql://localhost/k"))
        .isEqualTo(1);

    assertThat(out)
        .hasToString(
            "database: failed: No suitable driver found for jdbc:mysql://localhost/k; Put the jar"
                + " of the database's JDBC driver into lib/.\n");
  }

  @Test
  void syncSumsUpAndEndsWell() {
    assertThat(execute("sync", "--set", "kustomer.start-date=2024-01-01", "users", "customers"))
        .isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "table      result   read  written  unchanged  deleted  quarantined        time",
            "─────────  ──────  ─────  ───────  ─────────  ───────  ───────────  ──────────",
            "users      done    1,500    1,400        100        3            2  1 min 15 s",
            "customers  done    1,500    1,400        100        3            2  1 min 15 s",
            "total              3,000    2,800        200        6            4",
            "calls used: 1,234, time: 0 ms");
    assertThat(err.toString().lines())
        .contains("users: begun", "users: done after 1 min 15 s, 1,500 read, 1,400 written");
  }

  @Test
  void syncTellsEachFailureInOneLineAndGoesOnWithTheOthers() {
    connector.failures.put(
        "customers",
        new IllegalStateException("outer", new RuntimeException("inner\u001b[2J " + TOKEN)));

    assertThat(execute("sync", "--set", "kustomer.start-date=2024-01-01")).isEqualTo(1);

    assertThat(err.toString().lines()).endsWith("customers: outer; inner·[2J …");
    assertThat(out.toString()).contains("conversations  done", "customers      failed");
  }

  @Test
  void refusesTablesThatTheRoutesDoNotDefine() {
    assertThat(execute("sync", "custmers", "--set", "kustomer.start-date=2024-01-01")).isEqualTo(2);
    assertThat(execute("sync", "--set=kustomer.start-date=2024-01-01", "--set=kustomer.tables=x"))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "routes/tables.camel.yaml defines no table \"custmers\"; write some of customers,"
                + " conversations, kobjects, users",
            "kustomer.tables: routes/tables.camel.yaml defines no table \"x\"; write some of"
                + " customers, conversations, kobjects, users");
  }

  @Test
  void runEndsWithTheReasonWhenPollingIsPointless() {
    assertThat(execute("run", "--set", "kustomer.start-date=2024-01-01")).isEqualTo(1);

    assertThat(connector.scheduled)
        .extracting(TableDefinition::name)
        .containsExactly("conversations", "customers", "kobjects");
    assertThat(err.toString().lines())
        .containsExactly(
            "Running every 1m: conversations, customers, kobjects. Stop with Ctrl-C or SIGTERM.",
            "the key is not valid");
    assertThat(connector.closed).isTrue();
  }

  @Test
  void previewShowsTheFirstRowsAndWritesNothing() throws Exception {
    connector.answers.put("customer", customers());

    assertThat(execute("preview", "customers")).isZero();
    assertThat(out.toString().lines().toList().get(2)).startsWith("507f  Ada");
    assertThat(connector.asked)
        .singleElement()
        .hasToString("POST /v1/customers/search?page=1&pageSize=10");

    out.getBuffer().setLength(0);
    assertThat(execute("preview", "customers", "--json", "--rows", "2")).isZero();
    JsonNode rows = new ObjectMapper().readTree(out.toString());
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("name").asText()).isEqualTo("Ada");
    assertThat(rows.get(0).get("updated_at").asText()).startsWith("2026-02-01T00:00");
  }

  @Test
  void previewFindsCustomClassesByTheirTable() {
    connector.answers.put("/v1/klasses", klass("shopify-order"));
    connector.answers.put(
        "kobject_shopify-order",
        "{\"data\":[{\"type\":\"kobject.shopify-order\",\"id\":\"1\",\"attributes\":{}}]}");

    assertThat(execute("preview", "kobject_shopify_order")).isZero();
    assertThat(out.toString()).contains("\n1 ");

    assertThat(execute("preview", "kobject_none")).isEqualTo(2);
    assertThat(err.toString()).contains("users, kobject_shopify_order");
  }

  @Test
  void discoverListsColumnsOfTablesAndOfAllCustomClasses() throws Exception {
    connector.answers.put("customer", customers());
    connector.answers.put("/v1/klasses", klass("order"));
    connector.answers.put("/v1/klasses?disabled", klass("old-order"));
    connector.refusals.put("/v1/users", new KustomerException.Forbidden("needs a role"));

    assertThat(execute("discover", "--json")).isEqualTo(1);

    JsonNode tables = new ObjectMapper().readTree(out.toString());
    assertThat(tables.findValuesAsText("table"))
        .containsExactly("customers", "conversations", "kobject_old_order", "kobject_order");
    assertThat(tables.get(0).get("columns").findValuesAsText("name")).contains("id", "name");
    assertThat(err).hasToString("users: needs a role\n");
  }

  @Test
  void statusTellsHowFarEachTableIs() throws Exception {
    connector.save(checkpoint("customers", NOW.minusSeconds(7260)));
    connector.quarantined.add(refused());
    connector.record(
        new TableStatus(
            "customers",
            12_345,
            Optional.of(NOW.minusSeconds(60)),
            Optional.of("no\nnews"),
            Optional.of(NOW.minusSeconds(90))));

    assertThat(execute("status")).isZero();
    assertThat(out.toString().lines())
        .contains(
            "customers      2026-03-01T09:59:00Z  1 min  12,345            1  2026-03-01T11:59:00Z "
                + " 2026-03-01T11:58:30Z",
            "customers: no news",
            "kobjects       -                         -       0            0  -                    "
                + " -");

    out.getBuffer().setLength(0);
    assertThat(execute("status", "--json")).isZero();
    JsonNode customers = new ObjectMapper().readTree(out.toString()).get(1);
    assertThat(customers)
        .hasToString(
            "{\"table\":\"customers\",\"position\":\"2026-03-01T09:59:00Z\",\"lag_seconds\":60,\"rows\":12345,\"quarantined\":1,\"last_poll\":\"2026-03-01T11:59:00Z\",\"last_error\":\"no\\n"
                + "news\",\"last_error_at\":\"2026-03-01T11:58:30Z\"}");
  }

  @Test
  void statusTellsTheRowsOfAFirstLoadUnderWay() throws Exception {
    connector.save(checkpoint("customers", NOW.minusSeconds(7260)).withDelivered(1500));

    assertThat(execute("status", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get(1).path("rows").asLong())
        .isEqualTo(1500);
  }

  @Test
  void quarantineListsWhatIsHeldAndWhy() throws Exception {
    assertThat(execute("quarantine", "list")).isZero();
    assertThat(out).hasToString("The quarantine is empty.\n");

    connector.quarantined.add(refused());
    out.getBuffer().setLength(0);
    assertThat(execute("quarantine", "list")).isZero();
    assertThat(out.toString().lines())
        .endsWith(
            "customers  507f  database  2026-03-01T12:00:00Z",
            "customers 507f, database: " + "Value too long. ".repeat(20).strip());

    out.getBuffer().setLength(0);
    assertThat(execute("quarantine", "list", "--json")).isZero();
    JsonNode entry = new ObjectMapper().readTree(out.toString()).get(0);
    assertThat(entry.get("row").asText()).isEqualTo("{\"id\":\"507f\"}");
    assertThat(entry.get("rev").asLong()).isEqualTo(3);
  }

  @Test
  void quarantineRetryTellsWhatStaysAndEndsWithOneThen() {
    connector.quarantined.add(refused());
    assertThat(execute("quarantine", "retry")).isZero();
    assertThat(out).hasToString("1 went through, 0 stay in the quarantine\n");

    connector.failures.put("507f", new IllegalStateException("still too long"));
    assertThat(execute("quarantine", "retry")).isEqualTo(1);
    assertThat(err.toString()).contains("customers 507f: still too long");
    assertThat(execute("quarantine")).isEqualTo(2);
  }

  /** It gives rows to the sinks, so it must not do that beside another who does. */
  @Test
  void auditRepairsOnlyWhenNobodyElseIsAtWork() {
    connector.holder =
        Optional.of(new LeaseHolder("web1", "", 4711, "", Instant.parse("2026-03-01T11:00:00Z")));

    assertThat(execute("audit", "users", "--repair", "--set", "kustomer.start-date=2026-01-01"))
        .isEqualTo(1);

    assertThat(err.toString())
        .contains("another Kustomer Sync works on these checkpoints: process 4711 on host web1");
    assertThat(connector.asked).isEmpty();
  }

  @Test
  void resetAndRetryRefuseWhileAnotherIsAtWork() {
    connector.holder =
        Optional.of(new LeaseHolder("web1", "", 4711, "", Instant.parse("2026-03-01T11:00:00Z")));
    connector.save(checkpoint("customers", NOW));

    assertThat(execute("reset", "customers")).isEqualTo(1);
    assertThat(execute("quarantine", "retry")).isEqualTo(1);
    assertThat(execute("sync", "--set", "kustomer.start-date=2024-01-01")).isEqualTo(1);
    assertThat(execute("status")).isZero();

    assertThat(err.toString())
        .contains("process 4711 on host web1, since 2026-03-01T11:00:00Z; stop it, or wait");
    assertThat(connector.checkpoints).hasSize(1);
  }

  @Test
  void resetForgetsThePositionOfTheNamedTablesOnly() {
    connector.save(checkpoint("customers", NOW));
    connector.save(checkpoint("users", NOW));

    assertThat(execute("reset", "nonsense", "users")).isEqualTo(2);
    assertThat(connector.checkpoints).hasSize(2);
    assertThat(execute("reset", "customers")).isZero();
    assertThat(connector.checkpoints).containsOnlyKeys("users");
    assertThat(out.toString()).startsWith("customers: position forgotten;");
  }

  @Test
  void tellsEachCauseOfAFailedStartOnceAndNoStackTrace() {
    factory =
        settings -> {
          Exception cause =
              new IllegalArgumentException("deliver.camel.yaml, line 4, column 7: unknown step");
          throw new RuntimeException("can't start because of: " + cause, cause);
        };

    assertThat(execute("status")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "can't start because of: java.lang.IllegalArgumentException: deliver.camel.yaml, line"
                + " 4, column 7: unknown step\n");

    assertThat(execute("status", "--stacktrace")).isEqualTo(1);
    assertThat(err.toString()).contains("at io.kustomersync.cli.");
  }

  @Test
  void tellsWhatToDoAboutALockedDatabase() {
    factory =
        settings -> {
          throw new SQLException("Database may be already in use: \"k.mv.db\"", "90020", 90020);
        };

    assertThat(execute("status")).isEqualTo(1);
    assertThat(err.toString()).contains("Another process holds the database: stop it, or name");
  }

  @Test
  void wrongUsageAndSettingsEndWithTwo() {
    assertThat(execute("snyc")).isEqualTo(2);
    assertThat(execute("sync", "--set", "kustomer.page-size=0")).isEqualTo(2);
    assertThat(execute("preview", "customers", "--rows", "0")).isEqualTo(2);
    assertThat(execute("checkpoint")).isEqualTo(2);
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString())
        .contains("Did you mean sync?", "kustomer.start-date is missing")
        .doesNotContain("\tat ");
    assertThat(connector.asked).isEmpty();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("check ", "discover ", "preview ", "sync ", "run ", "status ", "reset ", "Exit");
    assertThat(execute("run", "--help")).isZero();
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), 140, false);
    return new KustomerSync(
            home,
            Map.of("KUSTOMER_API_TOKEN", TOKEN),
            Clock.fixed(NOW, ZoneOffset.UTC),
            terminal,
            settings -> factory.start(settings))
        .execute(all.toArray(String[]::new));
  }

  private static QuarantineEntry refused() {
    return new QuarantineEntry(
        "customers",
        "507f",
        "database",
        Optional.empty(),
        OptionalLong.of(3),
        "Value too long. ".repeat(20).strip(),
        Optional.of("{\"id\":\"507f\"}"),
        Optional.empty(),
        NOW);
  }

  private static Checkpoint checkpoint(String table, Instant position) {
    return Checkpoint.start(table).withPosition(position);
  }

  private static String customers() {
    return """
    {"data":[{"type":"customer","id":"507f","attributes":{"name":"Ada",
    "updatedAt":"2026-02-01T00:00:00.000Z"}}]}\
    """;
  }

  private static String klass(String name) {
    return "{\"data\":[{\"type\":\"klass\",\"id\":\"%s\",\"attributes\":{\"name\":\"%s\"}}]}"
        .formatted(name, name);
  }
}
