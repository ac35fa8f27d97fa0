package io.kustomersync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.read.ModelKustomer.Version;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reads a model of Kustomer through search and list at once. */
class DualSourceBackfillTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");
  private static final int PAGE_SIZE = 10;
  private static final int LIST_PAGE = 4;

  private static ModelConnector connector(int ahead) {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    connector.ahead = ahead;
    connector.backfill = BackfillMode.BOTH;
    return connector;
  }

  private static ModelKustomer kustomer(Random random) {
    ModelKustomer kustomer = new ModelKustomer(random, NOW);
    kustomer.largestListPage = LIST_PAGE;
    return kustomer;
  }

  /**
   * Records of every age, ties, dense and empty windows.
   *
   * @param late how many in a hundred were changed long after they were created
   */
  private static void fill(
      ModelKustomer kustomer, Random random, int records, int largestTie, int late) {
    Instant at = START.minus(Duration.ofDays(random.nextInt(3)));
    long span = Duration.between(at, NOW.minus(Duration.ofHours(1))).toMillis();
    double step = span / (double) records;
    for (int i = 0; i < records; ) {
      int tie = Math.min(records - i, 1 + random.nextInt(largestTie));
      Instant tied = at;
      for (int j = 0; j < tie; j++, i++) {
        boolean later = random.nextInt(100) < late;
        long rest = Duration.between(at, NOW.minus(Duration.ofHours(1))).toMillis();
        Instant changed = later ? at.plusMillis((long) (random.nextDouble() * rest)) : tied;
        kustomer.create(tied.minusSeconds(random.nextInt(5)), changed);
      }
      at = at.plusMillis(1 + (long) (step * tie * (0.2 + 1.5 * random.nextDouble())));
      at = at.isBefore(NOW.minus(Duration.ofHours(1))) ? at : NOW.minus(Duration.ofHours(1));
    }
  }

  /**
   * Ordered, unordered, hiding and shifting lists; changes, deletes, kills between any two calls.
   */
  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void whatTheSinkHoldsEqualsKustomerWhateverTheListShows(
      @ForAll long seed,
      @ForAll @IntRange(min = 500, max = 1500) int records,
      @ForAll @IntRange(min = 1, max = 25) int largestTie,
      @ForAll @IntRange(max = 20) int late,
      @ForAll @IntRange(max = 120) int lagSeconds,
      @ForAll @IntRange(min = 2, max = 5) int ahead,
      @ForAll Lists lists,
      @ForAll @IntRange(max = 3) int ends) {
    Random random = new Random(seed);
    ModelConnector connector = connector(ahead);
    ModelKustomer kustomer = kustomer(random);
    kustomer.unstable = random.nextBoolean();
    lists.make(kustomer, random);
    fill(kustomer, random, records, largestTie, late);
    for (int i = random.nextInt(20); i > 0; i--) {
      kustomer.changeOne(true, Duration.ZERO); // deleted long ago
      kustomer.pass(Duration.ofSeconds(1));
    }
    kustomer.pass(Duration.ofHours(1));
    int calm = 1 + random.nextInt(40);
    Runnable life =
        () -> {
          if (random.nextInt(calm) == 0) {
            kustomer.changeOne(
                random.nextInt(3) == 0, Duration.ofSeconds(random.nextInt(lagSeconds + 1)));
          }
          if (random.nextInt(calm) == 0) {
            kustomer.create(
                kustomer.now(), kustomer.now(), Duration.ofSeconds(random.nextInt(lagSeconds + 1)));
          }
        };
    for (int i = 0; i < ends; i++) {
      connector.poll(kustomer, life, random, 1 + random.nextInt(300));
    }
    connector.listsWait = random.nextBoolean();
    if (random.nextBoolean()) {
      // those changed late change again as soon as the list has shown them
      kustomer.listed =
          shown ->
              shown.stream()
                  .filter(DualSourceBackfillTest::late)
                  .forEach(v -> kustomer.change(v.id(), false, Duration.ZERO));
    }
    int before = connector.twice;
    connector.poll(kustomer, life, random, Integer.MAX_VALUE);
    kustomer.pass(Duration.ofSeconds(lagSeconds + 1));
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).as("seed %d", seed).isEqualTo(wanted(kustomer));
    if (ends == 0) {
      assertThat(connector.twice - before).as("delivered twice, seed %d", seed).isZero();
    }
  }

  private static boolean late(Version version) {
    return version.updatedAt().isAfter(version.createdAt().plusSeconds(60));
  }

  /** What was last changed before the start date is not wanted. */
  private static Map<String, String> wanted(ModelKustomer kustomer) {
    Map<String, String> wanted = kustomer.journal();
    wanted.keySet().removeIf(id -> kustomer.updatedAt(id).isBefore(START));
    return wanted;
  }

  /** What is merely inferred of lists, and what would be if it were wrong. */
  enum Lists {
    ORDERED,
    BY_UPDATE,
    NEWEST_FIRST,
    SHUFFLED,
    NEARLY_ORDERED,
    HIDING,
    EMPTY;

    void make(ModelKustomer kustomer, Random random) {
      Comparator<Version> byId = Comparator.comparing(Version::id);
      kustomer.listOrder =
          () -> {
            int salt = random.nextInt();
            return switch (this) {
              case BY_UPDATE -> Comparator.comparing(Version::updatedAt);
              case NEWEST_FIRST -> byId.reversed();
              case SHUFFLED -> Comparator.comparing(v -> (v.id() + salt).hashCode());
              case NEARLY_ORDERED ->
                  Comparator.comparing(
                      v -> Long.parseLong(v.id(), 16) + (v.id().hashCode() % 50 == 0 ? 9 : 0));
              default -> byId;
            };
          };
      kustomer.unlisted =
          switch (this) {
            case HIDING -> v -> v.id().hashCode() % 20 == 0;
            case EMPTY -> v -> true;
            default -> v -> false;
          };
    }
  }

  @Test
  void aQuietTableInOrderComesThroughBothAndNothingTwice() {
    for (int ahead = 2; ahead <= 6; ahead++) {
      Random random = new Random(ahead);
      ModelConnector connector = connector(ahead);
      ModelKustomer kustomer = kustomer(random);
      kustomer.largestListPage = 20;
      fill(kustomer, random, 8_000, 3, 0);
      connector.poll(kustomer, () -> {}, random, Integer.MAX_VALUE);

      assertThat(connector.sink).isEqualTo(wanted(kustomer));
      assertThat(connector.twice).isZero();
      // every second answer is the list's, and holds twice as many records
      int searches = kustomer.calls - kustomer.listCalls;
      assertThat(searches)
          .as("searches with %d ahead", ahead)
          .isLessThan((int) (0.65 * 8_000 / PAGE_SIZE));
    }
  }

  @Test
  void aListThatHidesMuchIsGivenUpAndCostsLittle() {
    Random random = new Random(3);
    ModelConnector connector = connector(3);
    ModelKustomer kustomer = kustomer(random);
    fill(kustomer, random, 8_000, 3, 0);
    List<String> ids = kustomer.ids();
    for (int i = 0; i < ids.size(); i += 40) {
      kustomer.change(ids.get(i), true, Duration.ZERO);
    }
    kustomer.pass(Duration.ofHours(1));
    connector.poll(kustomer, () -> {}, random, Integer.MAX_VALUE);

    assertThat(connector.sink).isEqualTo(wanted(kustomer));
    assertThat(connector.twice).isZero();
    int searches = kustomer.calls - kustomer.listCalls;
    assertThat(searches).isLessThan((int) (1.1 * 8_000 / (PAGE_SIZE - 1)) + 20);
  }

  @Test
  void whatTheListShowedBeforeSearchCountedProvesNothing() {
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    Instant end = START.plus(Duration.ofHours(2_000));
    for (int i = 0; i < 2_000; i++) {
      Instant at = START.plus(Duration.ofHours(i));
      // the list shows this one on its third page, last changed where nothing is counted by then
      kustomer.create(at, i == 250 ? START.plus(Duration.ofHours(620)).plusMillis(1) : at);
    }
    String moving = kustomer.ids().get(250);
    String hidden = kustomer.ids().get(640);
    kustomer.unlisted = version -> version.id().equals(hidden);
    // it leaves for now while the page is on its way, so that as many are counted as are shown
    kustomer.listed =
        shown -> {
          if (shown.stream().anyMatch(version -> version.id().equals(moving))) {
            kustomer.change(moving, false, Duration.ZERO);
          }
        };
    Set<String> delivered = new HashSet<>();
    DualSourceBackfill pools = pools(START, end, 2_000);
    Map<ApiRequest, Page> lists = new LinkedHashMap<>();
    boolean read = false;
    while (!pools.done()) {
      List<ApiRequest> ahead = pools.plan();
      ahead.stream()
          .filter(request -> request.body().isEmpty())
          .forEach(request -> lists.computeIfAbsent(request, kustomer::answer));
      // counts first, then by turns what search and what the list brought
      ApiRequest search =
          ahead.stream()
              .filter(request -> request.body().isPresent())
              .min(Comparator.comparing(request -> !request.query().endsWith("pageSize=1")))
              .orElse(null);
      boolean count = search != null && search.query().endsWith("pageSize=1");
      read = search != null && !read;
      ApiRequest next =
          count || read || lists.isEmpty() ? search : lists.keySet().iterator().next();
      Page page = lists.containsKey(next) ? lists.remove(next) : kustomer.answer(next);
      pools.accept(next, page).forEach(record -> delivered.add(record.id()));
    }

    assertThat(delivered).contains(hidden).hasSize(1_999).doesNotContain(moving);
  }

  private static DualSourceBackfill pools(Instant from, Instant end, long records) {
    NextLink links = new NextLink(URI.create("http://localhost:1"));
    ReadOptions reading =
        new ReadOptions(START, PAGE_SIZE, Duration.ofMinutes(5), 2, BackfillMode.BOTH, links);
    SearchTable customers =
        new SearchTable("customers", "customer", "customer", History.ARCHIVE, "/v1/customers");
    return new DualSourceBackfill(
        new Search(customers, false, PAGE_SIZE), from, end, records, Ledger.EMPTY, reading);
  }
}
