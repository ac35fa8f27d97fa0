package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong outside the program is said: the fact, the place, the way out. */
class BadInputIT {
  private static final String RESET = "kustomer-sync reset TABLE";
  private static SandboxKustomer sandbox;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 40)
                .count("users", 5)
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS)
                .tokens(Token.all(Distribution.TOKEN)));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private Distribution distribution() {
    return Distribution.against(sandbox, folder).with("kustomer.tables", "customers,users");
  }

  @Test
  void badSettingsAreToldAllAtOnce() throws Exception {
    Outcome outcome =
        distribution()
            .with("kustomer.start-date", "2024-13-01")
            .with("kustomer.page-size", "501")
            .with("kustomer.pagesize", "5")
            .with("kustomer.url", "http://example.com")
            .with("kustomer.database.url", "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'x.sql'")
            .environment("KUSTOMER_SCHEDULE", "often")
            .run("sync");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .hasSize(6)
        .contains(
            "--set: kustomer.start-date \"2024-13-01\" is not a UTC date-time; write"
                + " 2017-01-25T00:00:00Z",
            "--set: kustomer.pagesize is not a setting; did you mean kustomer.page-size?",
            "--set: kustomer.page-size \"501\" is not a whole number from 2 to 500; write 500")
        .anyMatch(line -> line.startsWith("environment: KUSTOMER_SCHEDULE \"often\" is neither"))
        .anyMatch(line -> line.contains("plain http is for localhost"))
        .anyMatch(line -> line.contains("kustomer.database.url") && line.contains("INIT"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMissingTokenAndStartDateAreAskedFor() throws Exception {
    Outcome outcome =
        distribution()
            .environment("KUSTOMER_API_TOKEN", "eyJhbGciOi J9")
            .without("kustomer.start-date")
            .run("sync");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            "KUSTOMER_API_TOKEN holds white space, which no API key does; copy the key again",
            "kustomer.start-date is missing; write from when on to read")
        .doesNotContain("eyJ");
  }

  @Test
  void anUnreachableHostIsFoundOutInSeconds() throws Exception {
    long begin = System.nanoTime();
    Outcome outcome = distribution().with("kustomer.url", "http://127.0.0.1:1").run("check");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .containsExactly(
            "database: ok",
            "http://127.0.0.1:1: failed: GET /v1/auth/tokens/current: no answer from Kustomer"
                + " (Connect to http://127.0.0.1:1 failed: Connection refused); Check kustomer.url,"
                + " and whether this host may reach it.");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void aDatabaseThatAnotherProcessHoldsIsNamed() throws Exception {
    Distribution distribution = distribution();
    // Without AUTO_SERVER the file is locked for this process alone.
    String alone = distribution.databaseUrl().replace(";AUTO_SERVER=TRUE", "");
    try (Connection held = DriverManager.getConnection(alone, "sa", "")) {
      Outcome sync = distribution.run("sync");
      assertThat(held.isValid(1)).isTrue();
      assertThat(sync.code()).isEqualTo(1);
      assertThat(sync.err())
          .contains("may be already in use", folder.resolve("kustomer").toString())
          .contains("Another process holds the database: stop it, or name another place")
          .doesNotContain("ERROR", "begun", "Exception");
      assertThat(distribution.run("check").out())
          .startsWith("database: failed: Database may be already in use");
    }
    assertThat(distribution.run("sync").code()).isZero();
  }

  /** As root, whom no permission stops, a file stands where a folder should be. */
  @Test
  void aPlaceThatCanNotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("occupied"), "");
    Distribution distribution =
        distribution().with("kustomer.database.url", "jdbc:h2:file:" + file + "/kustomer");

    Outcome sync = distribution.run("sync");
    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.err())
        .contains(
            "jdbc:h2:file:" + file + "/kustomer",
            "Let this user write there, or name another place in kustomer.database.url.");
  }

  @Test
  void aDatabaseServerThatDoesNotAnswerIsNamed() throws Exception {
    Outcome sync =
        distribution()
            .with("kustomer.database.url", "jdbc:postgresql://127.0.0.1:1/kustomer")
            .run("sync");

    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.err())
        .contains("jdbc:postgresql://127.0.0.1:1/kustomer")
        .containsAnyOf(
            "Put the jar of the database's JDBC driver into lib/.", "Nothing answers there:")
        .doesNotContain("\tat ", "begun");
  }

  @Test
  void aBrokenRouteFileIsToldInCamelsWordsWithFileLineAndColumn() throws Exception {
    Distribution distribution = distribution();
    Path deliver = distribution.ownRoutes().resolve("deliver.camel.yaml");
    String good = Files.readString(deliver);
    Files.writeString(deliver, good.replaceFirst("- process:", "- proces:"));

    Outcome unknownStep = distribution.run("sync");
    assertThat(unknownStep.code()).isEqualTo(1);
    assertThat(unknownStep.err())
        .contains("Unknown node id: proces", "in file:" + deliver + ", line ", "column ")
        .doesNotContain("\tat ");

    Files.writeString(deliver, good.replaceFirst("from:", "from: ["));
    assertThat(distribution.run("run").err()).contains("file:" + deliver + ", line ", "column ");
  }

  @Test
  void anUnknownSinkIsRefusedWithThoseThatThereAre() throws Exception {
    Outcome outcome = distribution().with("kustomer.sinks", "database,filez").run("sync");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("kustomer.sinks: there is no sink \"filez\" (")
        .containsPattern("there are .*database");
  }

  @Test
  void aDamagedCheckpointStopsItsTableOnlyAndResetIsTheWayOut() throws Exception {
    Distribution distribution = synced();
    try (Rows rows = Rows.of(distribution)) {
      rows.update(
          "update kustomer_sync_checkpoint set state = replace(state, '\"delivered\":40',"
              + " '\"delivered\":41') where table_name = 'customers'");
    }

    Outcome sync = distribution.run("sync");
    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.out()).containsPattern("customers +failed").containsPattern("users +done");
    assertThat(sync.err()).contains("checkpoint of customers in jdbc:h2:", "damaged", RESET);

    Outcome status = distribution.run("status");
    assertThat(status.out().lines())
        .anyMatch(line -> line.startsWith("customers: ") && line.contains(RESET))
        .anyMatch(line -> line.matches("users .*Z +-"));

    assertThat(distribution.run("reset", "customers").code()).isZero();
    assertThat(distribution.run("sync").code()).isZero();
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws Exception {
    Distribution distribution = synced();
    try (Rows rows = Rows.of(distribution)) {
      rows.update("update kustomer_sync_meta set setting_value = '99' where setting = 'format'");
    }

    for (String command : List.of("sync", "status")) {
      Outcome outcome = distribution.run(command);
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("written by a newer version of Kustomer Sync (format 99", "run that version");
    }
  }

  @Test
  void anotherCompanysRecordsAreRefused() throws Exception {
    Distribution distribution = synced();
    Path file = folder.resolve("checkpoints.json");
    assertThat(distribution.run("checkpoint", "export", "--file", file.toString()).code()).isZero();
    Files.writeString(
        file, Files.readString(file).replaceAll("\"org\" : \"\\w+\"", "\"org\" : \"another\""));
    assertThat(distribution.run("checkpoint", "import", file.toString()).code()).isZero();

    Outcome sync = distribution.run("sync");
    assertThat(sync.code()).isEqualTo(1);
    assertThat(sync.err())
        .contains(
            "customers: Kustomer answers for the company ",
            "but the rows read before belong to another; use that company's API token");

    Files.writeString(file, "{\"checkpoints\": [{\"format\": 99}]}");
    Outcome newer = distribution.run("checkpoint", "import", file.toString());
    assertThat(newer.code()).isEqualTo(1);
    assertThat(newer.err()).contains(file + ": written by a newer version of Kustomer Sync");
  }

  private Distribution synced() throws Exception {
    Distribution distribution = distribution();
    assertThat(distribution.run("sync").code()).isZero();
    return distribution;
  }
}
