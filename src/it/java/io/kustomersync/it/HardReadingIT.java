package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes reading by time of update hard: ties, movement, lag, new fields. */
class HardReadingIT {
  @TempDir Path folder;

  @Test
  void twelveHundredRecordsOfOneInstantAmong25000() throws Exception {
    SandboxOptions options =
        options()
            .count("customers", 25_000)
            .ties("customers", 1_200, true)
            .with(Quirk.NO_LIMITS, Quirk.UNSTABLE_TIES);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, folder).with("kustomer.tables", "customers");

      syncsEqual(distribution, sandbox, "customers");
      assertThat(sandbox.requestCount()).isLessThan((long) (1.05 * 25_000 / 499) + 20);

      sandbox.bulkUpdate("customers", 1_200, Instant.now());
      syncsEqual(distribution, sandbox, "customers");
    }
  }

  @Test
  void recordsThatChangeWhileTheyAreRead() throws Exception {
    SandboxOptions options =
        options()
            .count("customers", 4_000)
            .count("conversations", 4_000)
            .klasses(Klass.of("order", "enabled", 500))
            .mutationsPerRequest(4);
    try (SandboxKustomer sandbox = SandboxKustomer.start(options)) {
      Distribution distribution =
          Distribution.against(sandbox, folder).with("kustomer.page-size", "100");

      Outcome outcome = distribution.run("sync");
      assertThat(outcome.code()).as(outcome.toString()).isZero();

      // One table alone, so that nothing moves after its last page.
      syncsEqual(distribution, sandbox, "customers");
      syncsEqual(distribution, sandbox, "conversations");
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void rowsThatShowUpLateWithAnOlderTimeWithinTheOverlap() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("customers", 2_000))) {
      Distribution distribution =
          Distribution.against(sandbox, folder).with("kustomer.tables", "customers");
      sandbox.update("customers", 300, Instant.now());
      syncsEqual(distribution, sandbox, "customers");

      sandbox.update("customers", 40, Instant.now().minus(4, ChronoUnit.MINUTES));
      sandbox.create("customers", 20, Instant.now().minus(2, ChronoUnit.MINUTES));
      Outcome outcome = syncsEqual(distribution, sandbox, "customers");
      assertThat(outcome.out()).containsPattern("customers +done +\\d+ +60 ");
    }
  }

  @Test
  void newFieldsAddColumnsAndValuesThatDoNotFitWidenThem() throws Exception {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options().count("customers", 600))) {
      Distribution distribution =
          Distribution.against(sandbox, folder)
              .with("kustomer.tables", "customers,kobjects")
              .with("kustomer.page-size", "100");
      AtomicInteger calls = new AtomicInteger();
      sandbox.onRequest(
          number -> {
            if (calls.incrementAndGet() == 3) {
              sandbox.put("customers", customer("a1", "\"tier\": 7", "\"seenStr\": \"x\""));
            } else if (calls.get() == 5) {
              sandbox.put("customers", customer("a2", "\"tier\": 7.25", "\"scoreNum\": 1"));
            }
          });
      syncsEqual(distribution, sandbox, "customers");
      sandbox.put("customers", customer("a3", "\"tier\": \"gold\"", "\"scoreNum\": 0.5"));
      syncsEqual(distribution, sandbox, "customers");

      try (Rows rows = Rows.of(distribution)) {
        assertThat(
                rows.query(
                    "select id, tier, custom_seen_str, cast(custom_score_num as varchar)"
                        + " from customers where tier is not null order by id"))
            .extracting(Object::toString)
            .containsExactly("[a1, 7, x, null]", "[a2, 7.25, null, 1]", "[a3, gold, null, 0.5]");
      }
    }
  }

  private static String customer(String id, String attribute, String custom) {
    return """
        {"id": "%s", "type": "customer", "attributes":
          {"updatedAt": "%s", "rev": 1, %s, "custom": {%s}}}\
        """
        .formatted(id, Instant.now().truncatedTo(ChronoUnit.MILLIS), attribute, custom);
  }

  private static SandboxOptions options() {
    return SandboxOptions.empty()
        .tokens(Token.all(Distribution.TOKEN))
        .searchLag(Duration.ZERO)
        .with(Quirk.NO_LIMITS, Quirk.ALL_DELETED_FINDABLE);
  }

  private static Outcome syncsEqual(
      Distribution distribution, SandboxKustomer sandbox, String table) throws Exception {
    Outcome outcome = distribution.run("sync", table);
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    try (Rows rows = Rows.of(distribution)) {
      assertThat(rows.differences(sandbox, table)).isEmpty();
    }
    return outcome;
  }
}
