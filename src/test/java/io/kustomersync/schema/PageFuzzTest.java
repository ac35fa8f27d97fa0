package io.kustomersync.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.Answer;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Damage;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.api.ResponseClassifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Damaged answers go through parser and mapper, each with a seed of its own: {@code -Dfuzz.pages}
 * says how many, {@code -Dfuzz.seed} the first. A page that fails names its seed, which with one
 * page makes it again.
 */
class PageFuzzTest {

  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration HUNG = Duration.ofSeconds(30);
  private static final ApiRequest REQUEST = ApiRequest.get("/v1/customers", "");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  private static final byte[] PAGE =
      ("{\"meta\":{\"pageSize\":2,\"total\":7503,\"timed_out\":false},\"data\":["
              + "{\"type\":\"customer\",\"id\":\"66f1\",\"attributes\":{\"name\":\"Ada \\ud83d\\ude00 é😀\","
              + "\"emails\":[{\"type\":\"home\",\"email\":\"a@b.example\"}],\"n\":1840.50,"
              + "\"big\":9007199254740993,\"rev\":35,\"deletedAt\":null,\"vip\":true,"
              + "\"updatedAt\":\"2025-03-02T08:44:10.907Z\",\"createdAt\":\"2024-09-23T17:15:31+02:00\","
              + "\"custom\":{\"tierStr\":\"gold\",\"sizeNum\":12,\"dueAt\":\"2025-01-01T00:00:00Z\","
              + "\"vipBool\":false,\"tree\":{\"a\":[1,2]}},\"x\":[1e5,-0.1,true,{}]},"
              + "\"relationships\":{\"org\":{\"data\":{\"type\":\"org\",\"id\":\"5f65\"}},"
              + "\"tags\":{\"data\":[{\"id\":\"t1\"},{\"id\":\"t2\"}]}}},"
              + "{\"type\":\"kobject.order\",\"id\":\"77a2\",\"attributes\":{\"name\":null,\"n\":7,"
              + "\"rev\":1,\"updatedAt\":\"2025-03-02T08:44:11Z\",\"custom\":{\"sizeNum\":1.5}},"
              + "\"relationships\":{\"customer\":{\"data\":{\"id\":\"66f1\"}}}}],"
              + "\"links\":{\"next\":\"/v1/customers?page=2\"}}")
          .getBytes(UTF_8);

  private final ResponseClassifier sorter = new ResponseClassifier();
  private final RowMapper mapper = new RowMapper(true, CLOCK);
  private final TableSchema wellKnown = mapper.map(TableSchema.empty("t"), parsed(PAGE)).schema();

  private volatile long seedInHand;
  private volatile long done;
  private long accepted;
  private long slowest;
  private long slowestSeed;

  @Test
  void everyDamagedPageBecomesRowsOrAnErrorInTime() throws Exception {
    long pages = Long.getLong("fuzz.pages", 10_000);
    long first = Long.getLong("fuzz.seed", new Random().nextLong());
    System.out.printf("Fuzzing %,d pages from -Dfuzz.seed=%d on%n", pages, first);
    long begin = System.nanoTime();
    FutureTask<Void> all =
        new FutureTask<>(
            () -> {
              for (long i = 0; i < pages; i++) {
                seedInHand = first + i;
                timed(seedInHand);
                done = i + 1;
              }
              return null;
            });
    Thread worker = new Thread(all, "fuzz");
    worker.setDaemon(true);
    worker.start();
    await(all, worker);

    System.out.printf(
        "Fuzzed %,d pages in %,d s: %,d became rows, %,d were refused, the slowest took %,d ms"
            + " (-Dfuzz.seed=%d)%n",
        pages,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
        accepted,
        pages - accepted,
        TimeUnit.NANOSECONDS.toMillis(slowest),
        slowestSeed);
    if (pages >= 1_000) {
      // Else the damage would be too great to test the mapper, or too small to test the parser.
      assertThat(accepted).isBetween(pages / 10, pages * 9 / 10);
    }
  }

  private void await(FutureTask<Void> all, Thread worker) throws Exception {
    long before = -1;
    while (true) {
      try {
        all.get(HUNG.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        throw new AssertionError(again(seedInHand) + " fails", e.getCause());
      } catch (TimeoutException e) {
        if (done == before) {
          throw new AssertionError(
              again(seedInHand) + " hangs at " + Arrays.toString(worker.getStackTrace()));
        }
        before = done;
      }
    }
  }

  private static String again(long seed) {
    return "The page of -Dfuzz.pages=1 -Dfuzz.seed=" + seed;
  }

  /** A page that took too long is tried again: the machine may have been busy elsewhere. */
  private void timed(long seed) {
    long took = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 3 && took > LONGEST.toNanos(); attempt++) {
      long begin = System.nanoTime();
      boolean good = fuzz(seed);
      took = Math.min(took, System.nanoTime() - begin);
      accepted += good && attempt == 0 ? 1 : 0;
    }
    if (took > slowest) {
      slowest = took;
      slowestSeed = seed;
    }
    assertThat(Duration.ofNanos(took)).as("time for one page").isLessThan(LONGEST);
  }

  /**
   * @return whether there was a page
   */
  private boolean fuzz(long seed) {
    Random random = new Random(seed);
    byte[] body = PAGE;
    int kind = random.nextInt(4);
    if (kind > 0) {
      body = Damage.ofFields(body, random.nextLong(), 1 + random.nextInt(6));
    }
    if (kind < 2) {
      body = Damage.ofBytes(body, random.nextLong(), 1 + random.nextInt(4));
    }
    Page page;
    try {
      page = sorter.page(REQUEST, new Answer(200, Map.of(), body));
    } catch (KustomerException expected) {
      assertThat(expected.getMessage()).startsWith("GET /v1/customers: ").hasSizeLessThan(1_000);
      return false;
    }
    TableSchema known = random.nextBoolean() ? wellKnown : TableSchema.empty("t");
    Mapped mapped = mapper.map(known, page.records());

    assertThat(mapped.rows().stream().map(row -> row.get("id")).toList())
        .isEqualTo(page.records().stream().map(record -> record.id()).toList());
    List<String> names = mapped.schema().columns().stream().map(Column::name).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(PageFuzzTest::isPlain);
    TableSchema stored = SchemaJson.read(SchemaJson.write(mapped.schema()));
    assertThat(mapper.map(stored, page.records())).isEqualTo(mapped);
    return true;
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= 63
        && name.chars().allMatch(c -> c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z');
  }

  private static List<KustomerRecord> parsed(byte[] page) {
    return new ResponseClassifier().page(REQUEST, new Answer(200, Map.of(), page)).records();
  }
}
