package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, as users unpack it, audits what it has synced from a local Kustomer. */
class AuditIT {
  private static final Path DISTRIBUTION = Path.of("target/kustomer-sync").toAbsolutePath();
  private static final int CALLS = 40;

  @TempDir Path temp;

  private SandboxKustomer kustomer;

  private record Outcome(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  @BeforeEach
  void start() {
    Instant now = Instant.now();
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .span(now.minus(Duration.ofDays(500)), now.minus(Duration.ofDays(1)))
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS)
                .count("conversations", 20_000)
                .count("messages", 1_000)
                .count("customers", 400)
                .count("tags", 20)
                .klasses(Klass.of("order", "enabled", 200), Klass.of("coupon", "disabled", 50)));
  }

  @AfterEach
  void stop() {
    kustomer.close();
  }

  @Test
  void findsWhatIsMissingExtraAndStaleAndRepairsJustThat() throws Exception {
    assertThat(run("sync").code()).isZero();
    Outcome clean = run("audit", "--calls", "" + CALLS);
    assertThat(clean.out()).contains("equal").doesNotContain("differs");
    assertThat(clean.code()).isZero();
    String lost = first("conversations");
    String old = first("customers");
    String tag = first("tags");
    String message = first("messages");
    String order = first("kobject_order");
    sql("DELETE FROM conversations WHERE id = '" + lost + "'");
    sql("DELETE FROM tags WHERE id = '" + tag + "'");
    sql(
        "UPDATE customers SET rev = rev - 1, updated_at = DATEADD(DAY, -3, updated_at) WHERE id = '"
            + old
            + "'");
    Instant deletion = Instant.now().minus(Duration.ofHours(2));
    kustomer.delete("messages", message, deletion);
    kustomer.delete("kobject_order", order, deletion);
    String checkpoints = checkpoints();
    long calls = kustomer.requestCount();

    Outcome found = run("audit", "--json", "--calls", "" + CALLS);

    Map<String, String> findings = new TreeMap<>();
    for (JsonNode table : found.json()) {
      assertThat(table.path("calls").asInt()).isLessThanOrEqualTo(CALLS);
      for (JsonNode finding : table.path("findings")) {
        findings.put(finding.path("id").asText(), finding.path("is").asText());
      }
    }
    assertThat(findings)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    lost, "missing", tag, "missing", old, "stale", message, "extra", order,
                    "extra")));
    assertThat(found.code()).isEqualTo(1);
    assertThat(kustomer.requestCount() - calls).isLessThanOrEqualTo(4 * CALLS + 1);

    Outcome repaired = run("audit", "--repair", "--calls", "" + CALLS);

    assertThat(repaired.out()).contains("repaired").contains(lost);
    assertThat(repaired.code()).isZero();
    assertThat(rows("conversations", lost, "NOT deleted")).isEqualTo(1);
    assertThat(rows("tags", tag, "NOT deleted")).isEqualTo(1);
    assertThat(rows("messages", message, "deleted")).isEqualTo(1);
    assertThat(rows("kobject_order", order, "deleted AND raw IS NOT NULL")).isEqualTo(1);
    assertThat(rows("customers", old, "updated_at > DATEADD(DAY, -501, NOW())")).isEqualTo(1);
    assertThat(checkpoints()).isEqualTo(checkpoints);
    assertThat(run("audit", "--calls", "" + CALLS).code()).isZero();
    assertThat(kustomer.violations()).isEmpty();
  }

  @Test
  void refusesWhenTheDatabaseIsNotAmongTheSinks() throws Exception {
    Path routes = temp.resolve("routes");
    Files.createDirectories(routes.resolve("sinks"));
    Files.writeString(routes.resolve("sinks/log.camel.yaml"), "- route: {}\n");

    Outcome refused =
        run("audit", "--set", "kustomer.sinks=log", "--set", "kustomer.routes=" + routes);

    assertThat(refused.err()).contains("Add database to kustomer.sinks");
    assertThat(refused.code()).isEqualTo(2);
  }

  private Outcome run(String... command) throws Exception {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    List<String> line = new ArrayList<>(List.of(DISTRIBUTION.resolve("bin/kustomer-sync") + ""));
    line.addAll(List.of(command));
    for (String setting :
        List.of(
            "kustomer.url=" + kustomer.url(),
            "kustomer.start-date=2020-01-01",
            "kustomer.budget.share=1",
            "kustomer.tables=conversations,customers,messages,kobjects,tags",
            "kustomer.database.url=" + url())) {
      line.addAll(List.of("--set", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("KUSTOMER_API_TOKEN", "sandbox-token");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    int code = process.waitFor();
    return new Outcome(code, read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private String url() {
    return "jdbc:h2:file:" + temp.resolve("kustomer");
  }

  private String first(String table) throws SQLException {
    return ask("SELECT MIN(id) FROM " + table);
  }

  private int rows(String table, String id, String condition) throws SQLException {
    return Integer.parseInt(
        ask("SELECT COUNT(*) FROM " + table + " WHERE id = '" + id + "' AND " + condition));
  }

  private String checkpoints() throws SQLException {
    return ask(
        "SELECT LISTAGG(table_name || digest, ',') WITHIN GROUP (ORDER BY table_name)"
            + " FROM kustomer_sync_checkpoint");
  }

  private String ask(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private void sql(String update) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(update)).isEqualTo(1);
    }
  }
}
