package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.Fault;
import io.kustomersync.sandbox.Klass;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
  private static final List<String> POINTS =
      List.of(
          "before-acceptPage",
          "after-makeRows",
          "row",
          "after-writeToDatabase",
          "before-saveCheckpoint",
          "after-saveCheckpoint");
  private static final int BETWEEN_COMPARISONS = 10;
  private static final Duration LAG = Duration.ofMillis(300);

  private final Random random;
  private final Path folder;
  private final String url;
  private final SandboxKustomer kustomer;
  private final Program program;
  private final Map<String, Integer> counts = new TreeMap<>();
  private Instant last = Instant.EPOCH;
  private volatile boolean calm;

  Campaign(long seed, Path folder) throws Exception {
    System.out.println("faults: replay with -Dfault.seed=" + seed);
    this.random = new Random(seed);
    this.folder = folder;
    this.url = "jdbc:h2:file:" + folder.resolve("db");
    this.kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .seed(seed)
                .count("customers", 150)
                .count("conversations", 150)
                .klasses(Klass.of("order", "enabled", 60))
                .searchLag(LAG)
                .searchLimit(1_000_000)
                .orgLimit(1_000_000));
    // F16 and F17: records change between pages, and show late
    Random changes = new Random(seed + 1);
    kustomer.onRequest(
        number -> {
          if (!calm) {
            change(changes);
          }
        });
    this.program =
        new Program(folder, Armed.copyOf(Program.HOME, folder))
            .set("kustomer.url", kustomer.url())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.database.url", url)
            .set("kustomer.tables", "customers,conversations,kobjects")
            .set("kustomer.page-size", 20)
            .set("kustomer.budget.share", 1)
            .set("camel.beans.killPoint", "#class:" + KillPoint.class.getName());
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
      if (round % BETWEEN_COMPARISONS == 0) {
        compare();
        System.out.println("faults: " + counts);
      }
    }
    compare();
    return counts;
  }

  /** The tables have to be there for the trigger; the archive of classes halves each start. */
  private void prepare() throws Exception {
    calm = true;
    Path archive = folder.resolve("classes.jsa");
    Ended first = program.with("-XX:ArchiveClassesAtExit=" + archive).run("sync");
    assertThat(first.code()).as(first.output()).isZero();
    program.java("-XX:SharedArchiveFile=" + archive);
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(
            "create trigger kill_%s after insert, update on %s for each row call '%s'"
                .formatted(table, table, KillTrigger.class.getName()));
      }
    }
    calm = false;
  }

  private void strike() throws InterruptedException {
    for (int i = random.nextInt(8); i >= 0; i--) {
      change(random);
    }
    int kind = random.nextInt(10);
    if (kind < 6) {
      String point = POINTS.get(random.nextInt(POINTS.size()));
      int times = 1 + random.nextInt(point.equals("row") ? 25 : 3);
      Ended ended = program.with("-Dkill.point=" + point + " -Dkill.times=" + times).run("sync");
      count(ended.code() == 137 ? "killed at " + point : "ran to its end before the point");
    } else {
      long before = kustomer.requestCount();
      Running running = program.start("sync");
      while (kustomer.requestCount() == before && running.process().isAlive()) {
        running.process().waitFor(5, TimeUnit.MILLISECONDS);
      }
      running.process().waitFor(random.nextInt(1_200), TimeUnit.MILLISECONDS);
      if (!running.process().isAlive()) {
        count("ran to its end before the moment");
      } else if (kind < 9) {
        running.kill();
        count("killed at a random moment");
      } else {
        running.signal("TERM");
        running.end(Duration.ofSeconds(15));
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
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      Truth.mustHold(kustomer, connection, TABLES);
      mustHoldNoQuarantine(connection);
    }
    count("comparisons, all equal");
    calm = false;
  }

  private static void mustHoldNoQuarantine(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from kustomer_sync_quarantine")) {
      rows.next();
      assertThat(rows.getInt(1)).isZero();
    }
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
    return switch (random.nextInt(9)) {
      case 0 -> Fault.drop();
      case 1 -> Fault.cut(1 + random.nextInt(5_000));
      case 2 -> Fault.timedOut(1 + random.nextInt(5));
      case 3 -> Fault.fewerRows(1 + random.nextInt(5));
      case 4 -> Fault.empty();
      case 5 -> Fault.html(200);
      case 6 -> Fault.trailing();
      case 7 -> Fault.status(List.of(429, 500, 502, 503, 504).get(random.nextInt(5)));
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
  public void close() throws Exception {
    kustomer.close();
    // JUnit would warn of each link
    try (Stream<Path> links = Files.list(folder.resolve("armed/lib"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
