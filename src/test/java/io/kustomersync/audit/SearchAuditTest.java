package io.kustomersync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.audit.AuditFinding.Kind;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.read.KeptCheckpoints;
import io.kustomersync.read.ModelKustomer;
import io.kustomersync.read.ModelSink;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.read.TableReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Audits a model of Kustomer against a model of a sink, while one changes and the other follows.
 */
class SearchAuditTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final SearchTable CUSTOMERS =
      new SearchTable("customers", "customer", "customer", History.ARCHIVE, "/v1/customers");
  private static final int PLENTY = 10_000;

  private KeptCheckpoints checkpoints;
  private ModelSink sink;
  private Random random = new Random(1);
  private ModelKustomer kustomer;
  private ReadOptions reading;
  private Runnable betweenCalls = () -> {};

  /** A company with ties, gaps, deleted records and some beyond the two years of live search. */
  private void begin(long seed, int records, int largestTie, Instant start, int pageSize) {
    checkpoints = new KeptCheckpoints();
    sink = new ModelSink();
    betweenCalls = () -> {};
    random = new Random(seed);
    kustomer = new ModelKustomer(random, NOW);
    kustomer.unstable = random.nextBoolean();
    reading =
        new ReadOptions(
            start, pageSize, OVERLAP, 1, new NextLink(URI.create("http://localhost:1")));
    long span = Duration.between(start, NOW).toMillis();
    for (int i = 0; i < records; ) {
      Instant at = start.plusMillis((long) (random.nextDouble() * span));
      for (int tie = 1 + random.nextInt(largestTie); tie > 0 && i < records; tie--, i++) {
        kustomer.create(at.minusSeconds(random.nextInt(5)), at);
      }
    }
  }

  private void poll() {
    Checkpoint saved = checkpoints.find("customers").orElse(Checkpoint.start("customers"));
    TableReader walk = TableReader.open(CUSTOMERS, saved, reading, kustomer.clock());
    while (!walk.done()) {
      ApiRequest next = walk.plan().get(0);
      sink.deliver(walk.accept(next, kustomer.answer(next)).records());
      checkpoints.save(walk.checkpoint());
    }
    checkpoints.record(
        new TableStatus(
            "customers", 0, Optional.of(kustomer.now()), Optional.empty(), Optional.empty()));
  }

  private AuditReport audit(int calls) {
    return TableAudit.of(CUSTOMERS, reading, calls, this::ask, sink, checkpoints, kustomer.clock())
        .run();
  }

  private Page ask(ApiRequest request) {
    Page page = kustomer.ask(request);
    kustomer.pass(Duration.ofSeconds(1));
    betweenCalls.run();
    return page;
  }

  private void repair(AuditReport report) {
    for (AuditFinding finding : report.findings()) {
      if (finding.kind() == Kind.EXTRA) {
        sink.markDeleted(finding.id());
      } else {
        sink.deliver(List.of(finding.record().orElseThrow()));
      }
    }
  }

  /** Everything that happens has been read, and the overlap is over. */
  private void settle() {
    betweenCalls = () -> {};
    for (int i = 0; i < 3; i++) {
      kustomer.pass(Duration.ofMinutes(11));
      poll();
    }
  }

  private void live(int lagSeconds, boolean erasing) {
    Duration lag = Duration.ofSeconds(random.nextInt(lagSeconds + 1));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> kustomer.create(kustomer.now(), kustomer.now(), lag);
      case 3, 4, 5, 6 -> {
        if (kustomer.size() > 0) {
          kustomer.changeOne(false, lag);
        }
      }
      case 7 -> {
        if (kustomer.size() > 0) {
          kustomer.changeOne(true, lag);
        }
      }
      case 8 -> {
        if (erasing && kustomer.size() > 0) {
          List<String> ids = kustomer.ids();
          kustomer.erase(ids.get(random.nextInt(ids.size())), lag);
        }
      }
      case 9 -> poll();
      case 10 -> kustomer.pass(Duration.ofSeconds(random.nextInt(120)));
      default -> {}
    }
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void neverReportsAFalseOneWhileRecordsChangeBetweenAnyTwoCalls(
      @ForAll long seed,
      @ForAll @IntRange(max = 200) int records,
      @ForAll @IntRange(min = 1, max = 30) int largestTie,
      @ForAll @IntRange(max = 240) int lagSeconds,
      @ForAll boolean old) {
    begin(seed, records, largestTie, NOW.minus(Duration.ofDays(old ? 1200 : 600)), 10);
    poll();
    betweenCalls = () -> live(lagSeconds, true);
    for (int i = 0; i < 40; i++) {
      kustomer.pass(Duration.ofSeconds(random.nextInt(60)));
      live(lagSeconds, true);
    }

    for (int i = 0; i < 3; i++) {
      AuditReport report = audit(i == 0 ? 60 : 400);
      assertThat(report.findings())
          .allSatisfy(
              finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.EXTRA);
                assertThat(kustomer.erased(finding.id())).isTrue();
              });
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void findsEveryPlantedLossOnceThingsAreSettledAndRepairMakesAllEqual(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int records,
      @ForAll @IntRange(min = 1, max = 30) int largestTie,
      @ForAll @IntRange(min = 1, max = 12) int losses) {
    begin(seed, records, largestTie, NOW.minus(Duration.ofDays(600)), 10);
    poll();
    for (int i = 0; i < 60; i++) {
      kustomer.pass(Duration.ofSeconds(random.nextInt(60)));
      live(120, false);
    }
    settle();
    assertThat(audit(PLENTY).findings()).isEmpty();

    Map<String, Kind> planted = plant(losses);
    AuditReport report = audit(PLENTY);

    assertThat(kinds(report)).isEqualTo(planted);
    repair(report);
    AuditReport after = audit(PLENTY);
    assertThat(after.findings()).isEmpty();
    assertThat(after.open()).isEmpty();
    assertThat(after.unjudged()).isZero();
    assertThat(held()).isEqualTo(truth());
  }

  private static Map<String, Kind> kinds(AuditReport report) {
    Map<String, Kind> kinds = new TreeMap<>();
    report.findings().forEach(finding -> kinds.put(finding.id(), finding.kind()));
    return kinds;
  }

  private Map<String, Kind> plant(int losses) {
    Map<String, Kind> planted = new TreeMap<>();
    List<String> ids = List.copyOf(sink.rows.keySet());
    for (int i = 0; i < losses; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      SinkRow row = sink.rows.get(id);
      if (planted.containsKey(id)) {
        continue;
      }
      switch (random.nextInt(3)) {
        case 0 -> {
          sink.rows.remove(id);
          planted.put(id, Kind.MISSING);
        }
        case 1 -> {
          Instant before = row.updatedAt().get().minusMillis(1 + random.nextInt(1_000_000));
          sink.rows.put(
              id,
              new SinkRow(
                  "customers",
                  "",
                  id,
                  Optional.of(before),
                  java.util.OptionalLong.of(row.rev().getAsLong() - 1),
                  false));
          planted.put(id, Kind.STALE);
        }
        default -> {
          if (!row.deleted()) {
            kustomer.erase(id, Duration.ZERO);
            planted.put(id, Kind.EXTRA);
          }
        }
      }
    }
    return planted;
  }

  private Map<String, String> held() {
    Map<String, String> held = new TreeMap<>();
    sink.rows.forEach(
        (id, row) -> held.put(id, row.rev().getAsLong() + (row.deleted() ? " deleted" : "")));
    return held;
  }

  private Map<String, String> truth() {
    Map<String, String> truth = new TreeMap<>(kustomer.journal());
    truth.replaceAll(
        (id, version) ->
            kustomer.erased(id) && !version.endsWith("deleted") ? version + " deleted" : version);
    return truth;
  }

  @Test
  void asksNoMoreThanItsCallsAndSaysWhatIsOpen() {
    begin(7, 3_000, 1, NOW.minus(Duration.ofDays(600)), 10);
    poll();
    settle();
    List.copyOf(sink.rows.keySet()).stream()
        .filter(id -> id.hashCode() % 10 == 0)
        .forEach(sink.rows::remove);
    int before = kustomer.calls;

    AuditReport report = audit(30);

    assertThat(kustomer.calls - before).isEqualTo(report.calls()).isLessThanOrEqualTo(30);
    assertThat(report.open()).isNotEmpty();
    assertThat(report.clean()).isFalse();
    long missing = report.open().stream().mapToLong(open -> open.source() - open.sink()).sum();
    assertThat(missing + report.count(Kind.MISSING)).isEqualTo(3_000 - sink.rows.size());
  }

  @Test
  void rowsMarkedDeletedBeforeThatSearchDoesNotTellOfCostNoSearchingAgain() {
    begin(7, 2_000, 1, NOW.minus(Duration.ofDays(600)), 10);
    poll();
    settle();
    kustomer.erase(kustomer.ids().get(1_000), Duration.ZERO);
    repair(audit(PLENTY));

    AuditReport report = audit(10);

    assertThat(report.clean()).isTrue();
    assertThat(report.byNumber() + report.byId()).isGreaterThanOrEqualTo(1_999);
  }

  @Test
  void refusesATableThatIsFarBehind() {
    begin(7, 500, 1, NOW.minus(Duration.ofDays(600)), 10);
    poll();
    for (int i = 0; i < 300; i++) {
      kustomer.create(kustomer.now(), kustomer.now());
    }

    assertThat(audit(40).refusal()).hasValueSatisfying(why -> assertThat(why).contains("sync it"));
  }

  @Test
  void refusesATableThatWasNeverRead() {
    begin(7, 5, 1, NOW.minus(Duration.ofDays(600)), 10);

    AuditReport report = audit(40);

    assertThat(report.refusal()).contains("nothing read yet; sync it first");
    assertThat(report.calls()).isZero();
  }
}
