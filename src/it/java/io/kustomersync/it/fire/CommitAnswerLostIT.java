package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database commits, but its answer never arrives (F03). */
@Timeout(240)
class CommitAnswerLostIT {
  private static final List<String> TABLES = List.of("customers", "conversations");
  private static final int CUTS_OF_EACH = 4;

  /** History is what a page's transaction writes last. */
  private static final List<String> TO_BE_CUT =
      List.of("customers_history", "conversations_history", "kustomer_sync_checkpoint");

  @TempDir Path folder;

  @Test
  void whateverCommitIsNotAnsweredNothingIsLostNorDoubled() throws Exception {
    try (MortalPostgres postgres = new MortalPostgres(folder);
        CommitCut cut = new CommitCut(postgres.port(), 3, CUTS_OF_EACH);
        SandboxKustomer kustomer =
            SandboxKustomer.start(
                SandboxOptions.empty()
                    .count("customers", 300)
                    .count("conversations", 300)
                    .searchLag(Duration.ZERO)
                    .searchLimit(100_000)
                    .orgLimit(100_000))) {
      Program program =
          new Program(folder)
              .set("kustomer.url", kustomer.url())
              .set("kustomer.start-date", "2017-01-25")
              .set("kustomer.database.url", postgres.url(cut.port()))
              .set("kustomer.database.user", postgres.user())
              .set("kustomer.database.history", true)
              .set("kustomer.tables", String.join(",", TABLES))
              .set("kustomer.page-size", 20)
              .set("kustomer.budget.share", 1);
      int failed = 0;
      for (Ended ended = program.run("sync");
          ended.code() != 0 || !isCutOften(cut.cut());
          ended = program.run("sync")) {
        assertThat(ended.code()).as(ended.output()).isBetween(0, 1);
        assertThat(ended.output()).doesNotContain("\tat ", "another Kustomer Sync");
        failed += ended.code();
        assertThat(failed).as(ended.output()).isLessThanOrEqualTo(cut.cut().size());
        kustomer.update("customers", 30, Instant.now());
        kustomer.delete("conversations", 3, Instant.now());
      }

      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        Truth.mustHold(kustomer, connection, TABLES);
        for (String table : TABLES) {
          try (ResultSet doubled =
              statement.executeQuery(
                  "select id, rev from %s_history group by id, rev having count(*) > 1"
                      .formatted(table))) {
            assertThat(doubled.next()).as("a version twice in " + table + "_history").isFalse();
          }
        }
      }
      System.out.println("not answered: " + cut.cut());
    }
  }

  private static boolean isCutOften(List<String> cut) {
    return TO_BE_CUT.stream().allMatch(table -> Collections.frequency(cut, table) == CUTS_OF_EACH);
  }
}
