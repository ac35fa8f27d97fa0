package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connector's host has a clock that is wrong, jumps, or a zone with summer time (F20). */
@Timeout(180)
class ClockIT {
  private static final List<String> TABLES = List.of("customers", "conversations");

  @TempDir Path folder;

  private SandboxKustomer kustomer;
  private String url;
  private Program program;

  @BeforeEach
  void start() throws Exception {
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 200)
                .count("conversations", 200)
                .searchLag(Duration.ZERO)
                .searchLimit(100_000)
                .orgLimit(100_000));
    url = "jdbc:h2:file:" + folder.resolve("db");
    program =
        new Program(folder, Armed.copyOf(Program.HOME, folder))
            .set("kustomer.url", kustomer.url())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.database.url", url)
            .set("kustomer.tables", String.join(",", TABLES))
            .set("kustomer.page-size", 20)
            .set("kustomer.budget.share", 1)
            .set("camel.beans.clockJump", "#class:" + ClockJump.class.getName());
  }

  @AfterEach
  void stop() throws Exception {
    kustomer.close();
    try (Stream<Path> links = Files.list(folder.resolve("armed/lib"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void clocksThatAreWrongOrJumpWhileItReadsLoseNothing() throws Exception {
    for (String offsets :
        List.of(
            "PT0S",
            "PT1H",
            "PT-1H",
            "PT25H,PT-25H",
            "PT0S,PT1H,PT-1H,PT26280H,PT-26280H", // three years
            "PT0S")) {
      kustomer.update("customers", 30, Instant.now());
      kustomer.create("conversations", 25, Instant.now());
      kustomer.delete("customers", 3, Instant.now());
      Ended ended = program.with("-D" + ClockJump.OFFSETS + "=" + offsets).run("sync");
      assertThat(ended.code()).as(offsets + ": " + ended.output()).isZero();

      try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
        assertThat(Truth.differences(kustomer, connection, TABLES)).as(offsets).isEmpty();
      }
    }
    assertThat(kustomer.violations()).isEmpty();
  }

  @Test
  void summerTimeOfTheHostShiftsNoTime() throws Exception {
    for (String change : List.of("2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z")) {
      for (int minutes = -90; minutes <= 90; minutes += 30) {
        kustomer.create("customers", 1, Instant.parse(change).plusSeconds(60L * minutes));
      }
    }
    for (String zone : List.of("Europe/Berlin", "America/St_Johns")) {
      String own = "jdbc:h2:file:" + folder.resolve(zone.replace('/', '-'));
      Ended ended =
          program
              .set("kustomer.database.url", own)
              .with("-Duser.timezone=" + zone)
              .run("sync", "customers");
      assertThat(ended.code()).as(zone + ": " + ended.output()).isZero();
      mustHoldTheTimes(own);
    }
  }

  private void mustHoldTheTimes(String database) throws SQLException {
    Map<String, Instant> stored = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(database, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id, updated_at from customers")) {
      while (rows.next()) {
        stored.put(rows.getString(1), rows.getObject(2, OffsetDateTime.class).toInstant());
      }
    }
    assertThat(stored).hasSize(200 + 2 * 7);
    for (JournalEntry entry : kustomer.journal("customers")) {
      assertThat(stored.get(entry.id())).as(entry.id()).isEqualTo(entry.updatedAt());
    }
  }
}
