package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command's good and bad way, as a person at a terminal sees it. */
class CommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static SandboxKustomer sandbox;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SandboxOptions options =
        SandboxOptions.empty()
            .searchLag(Duration.ZERO)
            .with(Quirk.NO_LIMITS)
            .count("customers", 400)
            .count("conversations", 300)
            .count("users", 20)
            .klassesOfEveryStatus(20)
            .tokens(
                Token.all(Distribution.TOKEN),
                Token.of(
                    "customers-only",
                    "org.permission.customer.read",
                    "org.permission.search.create"),
                new Token("of-europe", Set.of("*"), "prod2", false));
    sandbox = SandboxKustomer.start(options);
  }

  @AfterAll
  static void stop() {
    assertThat(sandbox.violations()).isEmpty();
    sandbox.close();
  }

  private Distribution distribution() {
    return Distribution.against(sandbox, folder);
  }

  @Test
  void checkTellsWhatTheKeyMayRead() throws Exception {
    Outcome good = distribution().run("check");
    assertThat(good.code()).as(good.toString()).isZero();
    assertThat(good.out().lines())
        .containsExactly(
            "database: ok",
            sandbox.url() + ": ok",
            "conversations: ok",
            "customers: ok",
            "kobjects: ok");
    assertThat(good.err()).isEmpty();

    Outcome wrong = distribution().environment("KUSTOMER_API_TOKEN", "wrong-4711").run("check");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out())
        .contains(
            "answered 401",
            "The token is missing or not valid. Make a new key in Kustomer: Settings > Security >"
                + " API Keys.");
    assertThat(wrong.all()).doesNotContain("4711");

    Outcome region = distribution().environment("KUSTOMER_API_TOKEN", "of-europe").run("check");
    assertThat(region.out()).contains("Set kustomer.url to https://api.prod2.kustomerapp.com");
  }

  @Test
  void aMissingRoleIsNamedAndTheOtherTablesGoOn() throws Exception {
    Distribution distribution =
        distribution()
            .environment("KUSTOMER_API_TOKEN", "customers-only")
            .with("kustomer.tables", "users,customers");
    Outcome check = distribution.run("check");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .contains("customers: ok", "users: forbidden: ", "org.permission.user.read");

    Outcome sync = distribution.run("sync");
    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.out()).containsPattern("users +failed").containsPattern("customers +done");
    assertThat(sync.err().lines().filter(line -> line.contains("org.permission.user.read")))
        .singleElement()
        .asString()
        .startsWith("users: GET /v1/users answered 403");
    try (Rows rows = Rows.of(distribution)) {
      assertThat(rows.differences(sandbox, "customers")).isEmpty();
    }
  }

  @Test
  void discoverAndPreviewShowColumnsAndRowsAndWriteNothing() throws Exception {
    Outcome text = distribution().run("discover", "customers");
    assertThat(text.code()).as(text.toString()).isZero();
    assertThat(text.out().lines())
        .contains("customers")
        .anyMatch(line -> line.matches(" +updated_at +timestamp +attributes.updatedAt"))
        .anyMatch(line -> line.matches(" +custom_lifetime_value_num +decimal +.*Num"));

    Outcome json = distribution().run("discover", "--json", "kobjects", "users");
    assertThat(JSON.readTree(json.out()).findValuesAsText("table"))
        .contains("users", "kobject_order", "kobject_shopify_order", "kobject_loop_return");

    Outcome rows = distribution().run("preview", "kobject_order", "--rows", "3");
    assertThat(rows.code()).as(rows.toString()).isZero();
    assertThat(rows.out().lines()).hasSize(6).allMatch(line -> line.length() <= 100);
    assertThat(rows.out()).startsWith("id ").contains("order ", "columns more)");

    Outcome whole = distribution().run("preview", "customers", "--rows", "2", "--json");
    JsonNode documents = JSON.readTree(whole.out());
    assertThat(documents).hasSize(2);
    assertThat(documents.get(0).get("id").asText()).hasSize(24);

    Outcome unknown = distribution().run("preview", "custmers");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("no table \"custmers\"; write some of conversations,");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void statusResetAndTheRoundTripOfCheckpoints() throws Exception {
    Distribution distribution = distribution().with("kustomer.tables", "customers,users");
    Outcome never = distribution.run("status");
    assertThat(never.out().lines()).anyMatch(line -> line.matches("customers +- +- +0 +0 +- +-"));
    assertThat(distribution.run("sync").code()).isZero();

    Outcome status = distribution.run("status");
    assertThat(status.out().lines())
        .anyMatch(line -> line.matches("customers +20\\d\\d-\\S+Z +\\S+ m?s +400 +0 +20\\S+Z +-"));
    Path file = folder.resolve("checkpoints.json");
    Outcome export = distribution.run("checkpoint", "export", "--file", file.toString());
    assertThat(export.err()).contains("2 checkpoints written to " + file);
    assertThat(distribution.run("checkpoint", "export").out().strip())
        .isEqualTo(Files.readString(file).strip());

    Outcome reset = distribution.run("reset", "customers");
    assertThat(reset.code()).isZero();
    assertThat(reset.out()).contains("customers: position forgotten; the next sync reads it again");
    assertThat(distribution.run("status", "--json").out())
        .contains("\"table\" : \"customers\",\n  \"position\" : null");

    Outcome imported = distribution.run("checkpoint", "import", file.toString());
    assertThat(imported.code()).as(imported.toString()).isZero();
    Outcome sync = distribution.run("sync");
    assertThat(sync.out()).containsPattern("customers +done +\\d+ +0 ");

    Outcome unknown = distribution.run("reset", "custmers");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("no table \"custmers\"");
  }

  @Test
  void syncOfAnUnknownTableEndsWithTwo() throws Exception {
    Outcome outcome = distribution().run("sync", "custmers");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("no table \"custmers\"; write some of conversations, customers, kobjects,");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void runEndsWhenTheTokenIsRefused() throws Exception {
    Outcome run = distribution().environment("KUSTOMER_API_TOKEN", "wrong-4711").run("run");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("The token is missing or not valid. Make a new key in Kustomer")
        .doesNotContain("4711", "Exception");
  }

  @Test
  void whatIsNoAnswerOfKustomerIsSaid() throws Exception {
    sandbox.fail(Fault.html(200).times(2).onPath("/v1/auth/tokens/current"));
    Outcome outcome = distribution().run("check");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("GET /v1/auth/tokens/current", "JSON");
    assertThat(outcome.all()).doesNotContain("Exception", "canary");
  }

  @Test
  void verifySinkKillsItsOwnProcessesAndTellsWhatItFound() throws Exception {
    Outcome safe = distribution().run("verify-sink", "jsonl", "--kills", "1");
    assertThat(safe.code()).as(safe.toString()).isZero();
    assertThat(safe.out())
        .containsPattern("ok +its process was killed \\d+ times")
        .contains("nothing was lost, doubled or torn", "jsonl is safe");
    assertThat(safe.err()).isEmpty();

    Distribution own = distribution();
    Files.copy(
        Path.of("src/test/resources/broken-sinks/writes-in-place.camel.yaml"),
        own.ownRoutes().resolve("sinks/writes-in-place.camel.yaml"));
    Outcome torn = own.run("verify-sink", "writes-in-place", "--kills", "1");
    assertThat(torn.code()).as(torn.toString()).isEqualTo(1);
    assertThat(torn.out())
        .containsPattern("broken +its process was killed while it wrote, and half of the file")
        .containsPattern("mend +write under another name and rename");
  }

  @Test
  void demoShowsRows() throws Exception {
    Outcome demo = new Distribution(folder).bare().run("demo", "--dir", folder.toString());
    assertThat(demo.code()).as(demo.toString()).isZero();
    assertThat(demo.out())
        .contains("> select id, display_name", "(of 2,000 rows)", "(of 5,000 rows)")
        .contains("(of 1,000 rows)", "The database stays.");
  }

  @Test
  void sandboxServesTheOtherCommands() throws Exception {
    Distribution distribution = new Distribution(folder);
    try (Running running =
        new Distribution(folder)
            .bare()
            .start("sandbox", "--customers", "30", "--kobjects", "15", "--seed", "7")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> running.out().contains("Ctrl-C"));
      String url = running.out().replaceAll("(?s).*answers at (\\S+) .*", "$1");
      Outcome sync =
          distribution
              .with("kustomer.url", url)
              .environment("KUSTOMER_API_TOKEN", "sandbox-token")
              .run("sync", "customers", "kobjects");
      assertThat(sync.code()).as(sync.toString()).isZero();
    }
    try (Rows rows = Rows.of(distribution)) {
      assertThat(rows.count("customers")).isEqualTo(30);
      assertThat(rows.count("kobject_order")).isEqualTo(10);
    }
    Outcome wrong = new Distribution(folder).bare().run("sandbox", "--port", "70000");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--port 70000 is outside 0..65535");
  }
}
