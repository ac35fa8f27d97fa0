package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
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
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB server that takes only short statements, as older ones do by default. */
class LargeRowIT {

  private static final int PACKET = 1024 * 1024;
  private static final String LARGE = "66f19ab00001002a00000001";

  @TempDir Path folder;

  private TestServer server;

  @AfterEach
  void reset() throws SQLException {
    execute("set global max_allowed_packet = 16777216");
  }

  @Test
  void aRowLongerThanAStatementMayBeGoesToTheQuarantineAndTheOthersArrive() throws Exception {
    server = TestServer.shared(TestServer.Kind.MARIADB);
    server.empty();
    execute("set global max_allowed_packet = " + PACKET);
    try (SandboxKustomer sandbox =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 200)
                .searchLag(Duration.ZERO)
                .with(Quirk.NO_LIMITS)
                .tokens(Token.all(Distribution.TOKEN)))) {
      sandbox.put("customers", record(LARGE, "'".repeat(PACKET / 2)));
      // Each fits, all of them in one statement would not.
      for (int i = 10; i < 30; i++) {
        sandbox.put("customers", record("66f19ab00001002a000000" + i, "x".repeat(200_000)));
      }
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "customers")
              .with("kustomer.database.url", server.url())
              .with("kustomer.database.user", server.user());

      Outcome sync = distribution.run("sync");

      assertThat(sync.code()).as(sync.toString()).isZero();
      assertThat(text("select count(*) from customers")).isEqualTo("220");
      assertThat(text("select count(*) from customers where length(note) = 200000"))
          .isEqualTo("20");
      Outcome list = distribution.run("quarantine", "list", "--json");
      assertThat(list.out()).contains(LARGE, "raise max_allowed_packet");
      assertThat(sync.out()).containsPattern("customers +done .* 1 ");

      execute("set global max_allowed_packet = 16777216");
      assertThat(distribution.run("reset", "customers").code()).isZero();
      assertThat(distribution.run("sync").code()).isZero();
      assertThat(text("select length(note) from customers where id = '" + LARGE + "'"))
          .isEqualTo("" + PACKET / 2);
      assertThat(distribution.run("quarantine", "list").out()).contains("The quarantine is empty.");
    }
  }

  private static String record(String id, String note) {
    Instant at = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    return "{\"type\":\"customer\",\"id\":\"%s\",\"attributes\":{\"note\":\"%s\",\"rev\":1,"
            .formatted(id, note)
        + "\"updatedAt\":\"%s\",\"createdAt\":\"%s\"}}".formatted(at, at);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
