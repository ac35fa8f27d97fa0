package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import io.kustomersync.sink.database.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit against real servers, with a schema and a prefix, and with deleted rows removed. */
class AuditOnServersIT {

  @TempDir Path folder;

  private TestServer server;
  private SandboxKustomer kustomer;

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, remove", "MARIADB, remove"})
  void findsWhatIsMissingExtraAndStaleAndRepairsJustThat(TestServer.Kind kind, String deletes)
      throws Exception {
    server = TestServer.shared(kind);
    server.empty();
    Instant now = Instant.now();
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .span(now.minus(Duration.ofDays(500)), now.minus(Duration.ofDays(1)))
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS)
                .tokens(Token.all(Distribution.TOKEN))
                .count("conversations", 2_000)
                .count("messages", 600)
                .count("customers", 300)
                .klasses(Klass.of("order", "enabled", 100)))) {
      kustomer = sandbox;
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "conversations,messages,customers,kobjects")
              .with("kustomer.database.url", server.url().replaceFirst("\\?user=.*", ""))
              .with("kustomer.database.user", server.user())
              .with("kustomer.database.schema", "crm")
              .with("kustomer.database.table-prefix", "k_")
              .with("kustomer.database.deletes", deletes);
      assertThat(distribution.run("sync").code()).isZero();
      Outcome clean = distribution.run("audit");
      assertThat(clean.out()).contains("equal").doesNotContain("differs");
      assertThat(clean.code()).isZero();
      String lost = text("select min(id) from crm.k_conversations");
      String old = text("select min(id) from crm.k_customers");
      String message = text("select min(id) from crm.k_messages");
      String order = text("select min(id) from crm.k_kobject_order");
      execute("delete from crm.k_conversations where id = '" + lost + "'");
      execute(
          "update crm.k_customers set rev = rev - 1, updated_at = updated_at - interval '3' day"
              + " where id = '"
              + old
              + "'");
      // neither search nor list tells of these
      kustomer.delete("messages", message, now.minus(Duration.ofHours(2)));
      kustomer.delete("kobject_order", order, now.minus(Duration.ofHours(2)));

      Outcome found = distribution.run("audit", "--json");

      Map<String, String> findings = new TreeMap<>();
      for (JsonNode table : new ObjectMapper().readTree(found.out())) {
        for (JsonNode finding : table.path("findings")) {
          findings.put(finding.path("id").asText(), finding.path("is").asText());
        }
      }
      assertThat(findings)
          .isEqualTo(
              new TreeMap<>(
                  Map.of(lost, "missing", old, "stale", message, "extra", order, "extra")));
      assertThat(found.code()).isEqualTo(1);

      Outcome repaired = distribution.run("audit", "--repair");

      assertThat(repaired.code()).as(repaired.toString()).isZero();
      assertThat(count("k_conversations", "id = '" + lost + "'")).isEqualTo(1);
      boolean removed = deletes.equals("remove");
      String stays = removed ? "" : " and deleted";
      assertThat(count("k_messages", "id = '" + message + "'" + stays)).isEqualTo(removed ? 0 : 1);
      assertThat(count("k_kobject_order", "id = '" + order + "'" + stays))
          .isEqualTo(removed ? 0 : 1);
      Outcome after = distribution.run("audit");
      assertThat(after.code()).as(after.toString()).isZero();
    }
  }

  private int count(String table, String condition) throws SQLException {
    return Integer.parseInt(text("select count(*) from crm." + table + " where " + condition));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
