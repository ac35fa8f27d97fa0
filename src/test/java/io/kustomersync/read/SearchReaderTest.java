package io.kustomersync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.ApiRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reads a model of Kustomer whose records change under the reader's hands. */
class SearchReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");
  private static final int PAGE_SIZE = 10;

  /** Ties, lag within the overlap, changes, deletes and new records between any two calls. */
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void whatTheSinkHoldsEqualsKustomerWhateverHappensMeanwhile(
      @ForAll long seed,
      @ForAll @IntRange(max = 250) int records,
      @ForAll @IntRange(min = 1, max = 60) int largestTie,
      @ForAll @IntRange(max = 120) int lagSeconds,
      @ForAll @IntRange(min = 1, max = 5) int ahead) {
    Random random = new Random(seed);
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    connector.ahead = ahead;
    ModelKustomer kustomer = new ModelKustomer(random, NOW);
    kustomer.unstable = random.nextBoolean();
    kustomer.largestPage = random.nextInt(4) == 0 ? 7 : PAGE_SIZE;
    Instant at = START.plusSeconds(random.nextInt(1000));
    for (int i = 0; i < records; ) {
      int tie = 1 + random.nextInt(largestTie);
      for (int j = 0; j < tie && i < records; j++, i++) {
        kustomer.create(at.minusSeconds(random.nextInt(5)), at);
      }
      at = at.plusMillis(1 + random.nextInt(100_000));
    }
    Runnable life =
        () -> {
          if (kustomer.size() == 0 || random.nextInt(4) == 0) {
            kustomer.create(
                kustomer.now(), kustomer.now(), Duration.ofSeconds(random.nextInt(lagSeconds + 1)));
          }
          for (int i = random.nextInt(3); i > 0; i--) {
            kustomer.changeOne(
                random.nextInt(5) == 0, Duration.ofSeconds(random.nextInt(lagSeconds + 1)));
          }
        };
    for (int i = 0; i < 5; i++) {
      connector.poll(kustomer, life, random, Integer.MAX_VALUE);
      kustomer.pass(Duration.ofSeconds(random.nextInt(90)));
    }
    kustomer.pass(Duration.ofSeconds(lagSeconds + 1));
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).as("seed %d", seed).isEqualTo(kustomer.journal());
    assertThat(connector.twice).as("delivered twice, seed %d", seed).isZero();
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void aStopAnywhereLosesAndDoublesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int records) {
    Random random = new Random(seed);
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(random, NOW);
    Instant at = START;
    for (int i = 0; i < records; i++) {
      kustomer.create(at, at);
      at = at.plusMillis(random.nextInt(3));
    }
    for (int i = 0; i < 4; i++) {
      TableReader walk = connector.open(kustomer);
      for (int calls = random.nextInt(6); calls > 0 && !walk.done(); calls--) {
        ApiRequest next = walk.plan().get(0);
        connector.deliver(walk.accept(next, kustomer.answer(next)));
        connector.checkpoint = ModelConnector.stored(walk.checkpoint());
      }
    }
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).isEqualTo(kustomer.journal());
    assertThat(connector.twice).isZero();
  }

  /** Parts of the past are read side by side; what was read ahead of an end is read again. */
  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void anEndAmidPartsReadSideBySideLosesNothing(
      @ForAll long seed,
      @ForAll @IntRange(min = 300, max = 1500) int records,
      @ForAll @IntRange(min = 1, max = 30) int largestTie,
      @ForAll @IntRange(min = 2, max = 6) int ahead) {
    Random random = new Random(seed);
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    connector.ahead = ahead;
    ModelKustomer kustomer = new ModelKustomer(random, NOW);
    kustomer.unstable = random.nextBoolean();
    Instant at = START;
    for (int i = 0; i < records; ) {
      int tie = 1 + random.nextInt(largestTie);
      for (int j = 0; j < tie && i < records; j++, i++) {
        kustomer.create(at.minusSeconds(random.nextInt(5)), at);
      }
      // dense and empty windows
      at = at.plusMillis(1 + (long) Math.exp(random.nextDouble() * 17));
    }
    Runnable life =
        () -> {
          for (int i = random.nextInt(4); i > 0; i--) {
            kustomer.changeOne(random.nextInt(5) == 0, Duration.ofSeconds(random.nextInt(60)));
          }
        };
    for (int i = 0; i < 4; i++) {
      connector.poll(kustomer, life, random, 1 + random.nextInt(40));
    }
    connector.poll(kustomer, life, random, Integer.MAX_VALUE);
    kustomer.pass(Duration.ofSeconds(61));
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).as("seed %d", seed).isEqualTo(kustomer.journal());
  }

  @Test
  void aFullLoadSideBySideNeedsHardlyMoreCalls() {
    for (int ahead = 2; ahead <= 6; ahead++) {
      ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
      connector.ahead = ahead;
      ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
      Random random = new Random(ahead);
      Instant at = START;
      for (int i = 0; i < 20_000; i++) {
        kustomer.create(START, at);
        at = at.plusMillis(random.nextInt(1_000_000));
      }
      connector.poll(kustomer, () -> {}, random, Integer.MAX_VALUE);

      assertThat(connector.sideBySide).isEqualTo(ahead);
      assertThat(connector.sink).hasSize(20_000);
      assertThat(connector.twice).isZero();
      assertThat(kustomer.calls).isLessThanOrEqualTo((int) (1.01 * 20_000 / (PAGE_SIZE - 1)) + 20);
    }
  }

  @Test
  void aBusyEdgeThatNeverEndsThePollLosesNoLateRow() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 20; i++) {
      kustomer.create(NOW, NOW);
    }
    // eleven changes a second keep each page full for a quarter of an hour; one in fifty is late
    int[] calls = {0};
    connector.poll(
        kustomer,
        () -> {
          if (++calls[0] < 900) {
            for (int i = 0; i < 11; i++) {
              kustomer.create(
                  kustomer.now(),
                  kustomer.now().minusMillis(i),
                  Duration.ofSeconds(i == 0 && calls[0] % 5 == 0 ? 100 : 0));
            }
          }
        });
    kustomer.pass(Duration.ofMinutes(3));
    connector.poll(kustomer, () -> {});

    assertThat(calls[0]).as("the first poll lasted").isGreaterThan(600);
    assertThat(connector.sink).isEqualTo(kustomer.journal());
  }

  @Test
  void aFullLoadNeedsOneCallPerPageAndNothingMore() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 5_000; i++) {
      kustomer.create(START, START.plusSeconds(i * 3600L / 2));
    }
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).hasSize(5_000);
    assertThat(kustomer.calls).isLessThanOrEqualTo((int) (1.05 * 5_000 / (PAGE_SIZE - 1)) + 2);
  }

  @Test
  void anIdlePollCostsOneCall() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 100; i++) {
      kustomer.create(START, START.plusSeconds(i * 3600L));
    }
    connector.poll(kustomer, () -> {});
    kustomer.calls = 0;
    connector.poll(kustomer, () -> {});

    assertThat(kustomer.calls).isOne();
    assertThat(connector.twice).isZero();
  }

  @Test
  void moreRecordsOfOneInstantThanSearchHasPagesArePartedByCreation() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 1_500; i++) {
      kustomer.create(START.minusSeconds(i), START);
    }
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).isEqualTo(kustomer.journal());
  }

  @Test
  void moreRecordsOfOneInstantAndCreationThanSearchHasPagesStopWithTheInstantNamed() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 1_001; i++) {
      kustomer.create(START, START);
    }

    assertThatThrownBy(() -> connector.poll(kustomer, () -> {}))
        .isInstanceOf(ReadException.class)
        .hasMessageContaining("2025-06-01T00:00:00Z")
        .hasMessageContaining("1001 records");
  }

  @Test
  void historyComesFromTheArchiveAndNothingFallsBetween() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    connector.startDate = Instant.parse("2020-01-01T00:00:00Z");
    ModelKustomer kustomer = new ModelKustomer(new Random(7), NOW);
    Instant edge = Instant.parse("2024-11-23T12:00:00Z");
    for (int i = -300; i < 300; i++) {
      // dense around the edge, which moves on by a second with each call
      kustomer.create(edge, edge.plusMillis(i * 250L));
    }
    for (int i = 0; i < 100; i++) {
      kustomer.create(connector.startDate, connector.startDate.plusSeconds(i * 86_400L));
    }
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).isEqualTo(kustomer.journal());
    assertThat(connector.twice).isZero();
  }

  @Test
  void aRecordFromTheFutureDoesNotHideWhatIsWrittenNext() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    String future = kustomer.create(START, START);
    connector.poll(kustomer, () -> {});
    // shown at once, dated 9999
    kustomer.createVisible(START, Instant.parse("9999-12-31T23:59:59.999Z"));
    connector.poll(kustomer, () -> {});
    kustomer.pass(Duration.ofHours(1));
    kustomer.change(future, false, Duration.ZERO);
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).isEqualTo(kustomer.journal());
    assertThat(connector.twice).isZero();
  }

  @Test
  void aStartDateMovedBackBringsTheOlderRowsAndErasesNothing() {
    ModelConnector connector = new ModelConnector(START, PAGE_SIZE);
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < 100; i++) {
      kustomer.create(START, START.plusSeconds(i * 3600L));
    }
    connector.startDate = START.plusSeconds(50 * 3600L);
    connector.poll(kustomer, () -> {});
    assertThat(connector.sink).hasSize(50);
    connector.startDate = START;
    connector.poll(kustomer, () -> {});
    assertThat(connector.sink).isEqualTo(kustomer.journal());
    connector.startDate = START.plusSeconds(90 * 3600L);
    kustomer.calls = 0;
    connector.poll(kustomer, () -> {});

    assertThat(connector.sink).isEqualTo(kustomer.journal());
    assertThat(kustomer.calls).isOne();
  }
}
