package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends the real program again and again, at named points and at random moments, while Kustomer
 * changes and its answers fail; and compares, every few times, what the database holds with the
 * sandbox's journal. The same seed gives the same faults and changes (not the same instants).
 */
final class Campaign implements AutoCloseable {
  private static final List<String> TABLES = List.of("customers", "conversations", "kobject_order");
  private static final int BETWEEN_COMPARISONS = 10;

  /** What is different where first loads through search and lists are under fire. */
  private static final int BETWEEN_FIRST_LOADS = 3;

  private static final int CALLS_PER_CHANGE = 15;

  private static final Duration LAG = Duration.ofMillis(300);

  private final Random random;
  private final Path folder;
  private final CampaignDatabase database;
  private final SandboxKustomer kustomer;
  private final Program program;
  private final Map<String, Integer> counts = new TreeMap<>();
  private Instant last = Instant.EPOCH;
  private volatile boolean calm;
  private final boolean firstLoads;

  /**
   * @param folder of its own
   */
  Campaign(long seed, CampaignDatabase database, Path folder) throws Exception {
    this(seed, database, folder, SandboxOptions.empty(), false);
  }

  /**
   * First loads through search and lists, again and again, of records most of which rest.
   *
   * @param quirks of the lists
   */
  static Campaign ofFirstLoads(long seed, CampaignDatabase database, Path folder, Quirk... quirks)
      throws Exception {
    return new Campaign(seed, database, folder, SandboxOptions.empty().with(quirks), true);
  }

  private Campaign(
      long seed, CampaignDatabase database, Path folder, SandboxOptions options, boolean firstLoads)
      throws Exception {
    this.firstLoads = firstLoads;
    this.random = new Random(seed);
    this.folder = folder;
    this.database = database;
    this.kustomer =
        SandboxKustomer.start(
            options
                .seed(seed)
                .count("customers", firstLoads ? 1_000 : 150)
                .count("conversations", firstLoads ? 700 : 150)
                .klasses(Klass.of("order", "enabled", 60))
                .searchLag(LAG)
                .searchLimit(900_000) // unlike the other, or it could not tell them apart
                .orgLimit(1_000_000)
                .with(Quirk.SEARCH_POOL_HEADERS)); // else it would keep to 100 a minute
    // F16 and F17: records change between pages, and show late
    Random changes = new Random(seed + 1);
    kustomer.onRequest(
        number -> {
          if (!calm && (!firstLoads || number % CALLS_PER_CHANGE == 0)) {
            change(changes);
          }
        });
    this.program =
        new Program(folder, Armed.copyOf(Program.HOME, folder))
            .set("kustomer.url", kustomer.url())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.tables", "customers,conversations,kobjects")
            .set("kustomer.page-size", 20)
            .set("kustomer.overlap", "30s")
            .set("kustomer.budget.share", 1)
            .set("camel.beans.killPoint", "#class:" + KillPoint.class.getName());
    if (firstLoads) {
      program
          .set("kustomer.backfill", "both")
          .set("kustomer.page-size", 10)
          .set("kustomer.overlap", "5s");
    }
    database.choose(program);
  }

  /** Until the time is over; ends with a comparison. */
  Map<String, Integer> run(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    prepare();
    for (int round = 1; System.nanoTime() < end; round++) {
      if (random.nextInt(3) == 0) {
        kustomer.fail(fault());
        count("HTTP faults planned");
      }
      strike();
      if (round % (firstLoads ? BETWEEN_FIRST_LOADS : BETWEEN_COMPARISONS) == 0) {
        compare();
        System.out.println("faults, " + database.name() + ": " + counts);
        if (firstLoads || random.nextInt(4) == 0) {
          database.clear(); // so that tables are made under fire, too
          count("begun anew");
        }
      }
    }
    compare();
    counts.put("list pages", listPages());
    return counts;
  }

  private int listPages() {
    return (int) kustomer.requests().stream().filter(call -> call.method().equals("GET")).count();
  }

  /** The archive of classes halves each start; so does Java's first compiler alone. */
  private void prepare() throws Exception {
    calm = true;
    Path archive = folder.resolve("classes.jsa");
    Ended first = program.with("-XX:ArchiveClassesAtExit=" + archive).run("sync");
    assertThat(first.code()).as(first.output()).isZero();
    program.java("-XX:SharedArchiveFile=" + archive + " -XX:TieredStopAtLevel=1");
    database.watchRows(TABLES);
    calm = false;
  }

  private void strike() throws InterruptedException {
    for (int i = random.nextInt(8); i >= 0; i--) {
      change(random);
    }
    int kind = random.nextInt(20);
    if (kind < 14) {
      List<String> points = database.points();
      String point = points.get(random.nextInt(points.size()));
      int times = 1 + random.nextInt(point.equals("row") ? 25 : 3);
      Ended ended = program.with("-Dkill.point=" + point + " -Dkill.times=" + times).run("sync");
      assertThat(ended.code()).as(ended.output()).isIn(0, 137);
      count(ended.code() == 137 ? "killed at " + point : "ran to its end before the point");
    } else {
      long before = kustomer.requestCount();
      Running running = program.start("sync");
      while (kustomer.requestCount() == before && running.process().isAlive()) {
        running.process().waitFor(5, TimeUnit.MILLISECONDS);
      }
      running.process().waitFor(random.nextInt(1_000), TimeUnit.MILLISECONDS);
      if (!running.process().isAlive()) {
        count("ran to its end before the moment");
      } else if (kind < 19) {
        running.kill();
        count("killed at a random moment");
      } else {
        running.signal("TERM");
        running.end(Duration.ofSeconds(30));
        count("SIGTERM");
      }
    }
  }

  private void compare() throws Exception {
    calm = true;
    kustomer.clearFaults();
    // next() may run ahead of the clock; all there is shows once the search's lag is over
    for (Instant shown = next().plus(LAG); Instant.now().isBefore(shown); ) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Ended ended = program.run("sync");
    assertThat(ended.code()).as(ended.output()).isZero();
    try (Connection connection = database.rows().connect()) {
      Truth.mustHold(kustomer, connection, TABLES);
    }
    assertThat(database.quarantined()).isZero();
    assertThat(database.leftovers()).isEmpty();
    database.watchRows(TABLES);
    count("comparisons, all equal");
    calm = false;
  }

  private synchronized void change(Random choice) {
    String table = TABLES.get(choice.nextInt(TABLES.size()));
    int n = 1 + choice.nextInt(5);
    Instant at = next();
    switch (choice.nextInt(6)) {
      case 0 -> kustomer.create(table, n, created(table, at, choice));
      case 1 -> kustomer.delete(table, 1, at);
      case 2 -> kustomer.bulkUpdate(table, n * 8, at);
      default -> kustomer.update(table, n, at);
    }
  }

  /**
   * Up to two seconds late: they show with an older updatedAt than what was read before. Not so
   * custom objects: a new one touches its customer, whose updatedAt would go back.
   */
  private static Instant created(String table, Instant at, Random choice) {
    return table.startsWith("kobject_") ? at : at.minusMillis(choice.nextInt(2_000));
  }

  /**
   * A record's updatedAt never goes back: changes are made one by one, each with 10 ms of its own.
   */
  private synchronized Instant next() {
    Instant now = Instant.now();
    last = now.isAfter(last.plusMillis(10)) ? now : last.plusMillis(10);
    return last;
  }

  private Fault fault() {
    return switch (random.nextInt(10)) {
      case 0 -> Fault.drop();
      case 1 -> Fault.cut(1 + random.nextInt(5_000));
      case 2 -> Fault.timedOut(1 + random.nextInt(5));
      case 3 -> Fault.fewerRows(1 + random.nextInt(5));
      case 4 -> Fault.empty();
      case 5 -> Fault.html(200);
      case 6 -> Fault.trailing();
      case 7 -> Fault.drip(0);
      case 8 -> Fault.status(List.of(429, 500, 502, 503, 504).get(random.nextInt(5)));
      default -> Fault.slow(random.nextInt(500));
    };
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  static int kills(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("killed"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() throws IOException {
    kustomer.close();
    // JUnit would warn of each link
    try (Stream<Path> links = Files.list(folder.resolve("armed/lib"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
