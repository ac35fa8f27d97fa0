package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: everything, then what changed, then what is gone. */
class FullLoadIT {
  private static final List<String> SEARCHED =
      List.of("customers", "conversations", "messages", "notes", "companies");
  private static final List<String> LISTED =
      List.of("users", "teams", "tags", "shortcuts", "brands");
  private static final List<String> KOBJECTS =
      List.of(
          "kobject_order",
          "kobject_shopify-order",
          "kobject_loop_return",
          "kobject_coupon",
          "kobject_warehouse",
          "kobject_legacy-item",
          "kobject_ghost_case");

  @TempDir Path folder;

  @Test
  void everyTableEndsEqualAfterLoadChangesAndDeletes() throws Exception {
    SandboxOptions options =
        SandboxOptions.empty()
            .tokens(Token.all(Distribution.TOKEN))
            .searchLag(Duration.ZERO)
            .with(Quirk.NO_LIMITS, Quirk.ALL_DELETED_FINDABLE)
            .klassesOfEveryStatus(60);
    SEARCHED.forEach(kind -> options.count(kind, 700));
    LISTED.forEach(kind -> options.count(kind, 130));
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.page-size", "100")
              .with(
                  "kustomer.tables",
                  "conversations,customers,kobjects,messages,notes,companies,users,teams,tags,"
                      + "shortcuts,brands,klasses");

      syncsEqual(distribution, sandbox);
      long calls = sandbox.requestCount();
      // 7 lists of 2 pages, klasses in 3 statuses; notes also as a list
      assertThat(calls).isLessThan((long) (1.05 * (5 * 700 + 7 * 60) / 99) + 60);

      Instant now = Instant.now();
      for (String kind : SEARCHED) {
        sandbox.create(kind, 30, now);
        sandbox.update(kind, 150, now);
        sandbox.bulkUpdate(kind, 130, now);
      }
      LISTED.forEach(kind -> sandbox.create(kind, 3, now));
      LISTED.forEach(kind -> sandbox.update(kind, 5, now));
      KOBJECTS.forEach(kind -> sandbox.update(kind, 5, now));
      syncsEqual(distribution, sandbox);

      SEARCHED.forEach(kind -> sandbox.delete(kind, 120, Instant.now()));
      LISTED.forEach(kind -> sandbox.delete(kind, 4, Instant.now()));
      KOBJECTS.forEach(kind -> sandbox.delete(kind, 4, Instant.now()));
      sandbox.merge(
          sandbox.journal("customers").get(3).id(),
          sandbox.journal("customers").get(5).id(),
          Instant.now());
      syncsEqual(distribution, sandbox);

      Outcome idle = distribution.run("sync");
      assertThat(idle.out()).containsPattern("total +\\d[\\d,]* +0 ");
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  private void syncsEqual(Distribution distribution, SandboxKustomer sandbox) throws Exception {
    Outcome outcome = distribution.run("sync");
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    assertThat(outcome.all()).doesNotContain(Distribution.TOKEN, "canary");
    try (Rows rows = Rows.of(distribution)) {
      for (String kind : SEARCHED) {
        assertThat(rows.differences(sandbox, kind)).isEmpty();
      }
      for (String kind : KOBJECTS) {
        assertThat(rows.differences(sandbox, kind)).isEmpty();
      }
      for (String kind : LISTED) {
        assertThat(rows.differences(sandbox, kind)).isEmpty();
      }
      assertThat(rows.differences(sandbox, "klasses")).isEmpty();
    }
  }
}
