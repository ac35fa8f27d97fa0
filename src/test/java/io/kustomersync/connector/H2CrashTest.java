package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.sink.file.DyingDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 as the product opens it, killed again and again: while pages are committed, while it is closed
 * in an orderly way, while it is opened. After each kill all that was committed must be there. The
 * long run: {@code mvn test -Dtest=H2CrashTest -Dh2.kills=3000 -Dh2.seed=<number>}.
 */
class H2CrashTest {
  private static final int IDS = 150;
  private static final int OPENINGS_OF_A_FILE = 60;

  @TempDir Path folder;

  private final long seed = Long.getLong("h2.seed", 21);
  private final Random random = new Random(seed);

  /** What was in the table after each page: id to the page that wrote it last. */
  private final TreeMap<Long, Map<Integer, Long>> states = new TreeMap<>();

  private Map<Integer, Long> rows = new TreeMap<>();
  private long committed;
  private int fellBack;
  private long page;
  private Path file;

  @AfterEach
  void live() {
    DyingDisk.live();
  }

  @Test
  void whatIsFoundAfterAKillIsWholeAndItsPositionIsNotAheadOfItsRows() throws Exception {
    int kills = Integer.getInteger("h2.kills", 40);
    System.out.println("H2 killed " + kills + " times, -Dh2.seed=" + seed);
    DyingDisk.register();
    for (int killed = 0, openings = 0; killed < kills; openings++) {
      if (openings % OPENINGS_OF_A_FILE == 0) {
        begin(openings);
      }
      check("after " + killed + " kills, -Dh2.seed=" + seed);
      killed += work() ? 1 : 0;
    }
    System.out.println("H2 opened an older state " + fellBack + " times");
  }

  private void begin(int number) throws Exception {
    if (file != null) {
      Files.deleteIfExists(Path.of(file + ".mv.db"));
    }
    file = folder.resolve("db" + number);
    states.clear();
    rows = new TreeMap<>();
    states.put(0L, rows);
    committed = 0;
    try (HikariDataSource pool = pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id integer primary key, page bigint, body varchar)");
      statement.execute("create table checkpoint (page bigint)");
      statement.execute("insert into checkpoint values (0)");
    }
  }

  /**
   * @return whether it was killed, not closed
   */
  private boolean work() {
    int when = random.nextInt(6);
    int torn = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
    DyingDisk.dieAfter(when == 0 ? random.nextInt(20) : Long.MAX_VALUE, torn);
    try (HikariDataSource pool = pool()) {
      try (Connection connection = pool.getConnection()) {
        if (when == 1 || when == 2) {
          DyingDisk.dieAfter(random.nextInt(60), torn);
        }
        for (int pages = random.nextInt(8); pages >= 0; pages--) {
          write(connection);
        }
        if (when > 2) {
          DyingDisk.dieAfter(random.nextInt(random.nextBoolean() ? 12 : 60), torn);
        }
      }
    } catch (SQLException | RuntimeException e) {
      assertThat(DyingDisk.isDead()).as("killed, but: %s", e).isTrue();
    }
    boolean killed = DyingDisk.isDead();
    DyingDisk.live();
    return killed;
  }

  private void write(Connection connection) throws SQLException {
    page++;
    Map<Integer, Long> then = new TreeMap<>(rows);
    connection.setAutoCommit(false);
    int first = random.nextInt(IDS);
    try (PreparedStatement row = connection.prepareStatement("merge into t values (?, ?, ?)")) {
      for (int i = random.nextInt(random.nextInt(4) == 0 ? 40 : 10); i >= 0; i--) {
        int id = (first + i) % IDS;
        then.put(id, page);
        row.setInt(1, id);
        row.setLong(2, page);
        row.setString(3, body());
        row.executeUpdate();
      }
    }
    states.put(page, then); // a commit that is cut off before it returns may be there too
    connection.commit();
    rows = then;
    committed = page;
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
      statement.execute("update checkpoint set page = " + page);
    }
  }

  /** About as much as a record of Kustomer's, and no easier to compress. */
  private String body() {
    StringBuilder text = new StringBuilder();
    for (int i = 600 + random.nextInt(800); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private void check(String when) throws SQLException {
    try (HikariDataSource pool = pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      Map<Integer, Long> found = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery("select id, page from t")) {
        while (rows.next()) {
          found.put(rows.getInt(1), rows.getLong(2));
        }
      }
      long position;
      try (ResultSet row = statement.executeQuery("select page from checkpoint")) {
        row.next();
        position = row.getLong(1);
      }
      Optional<Long> state =
          states.descendingMap().entrySet().stream()
              .filter(any -> any.getValue().equals(found))
              .map(Map.Entry::getKey)
              .findFirst();
      assertThat(state).as(when).isPresent();
      assertThat(position).as(when).isLessThanOrEqualTo(state.get());
      fellBack += state.get() < committed ? 1 : 0;
      states.tailMap(state.get(), false).clear();
      rows = found;
      committed = state.get();
      // as if the process ended here, so that nothing is moved at the close
      DyingDisk.dieAfter(0, 0);
      statement.execute("shutdown immediately");
    } catch (SQLException e) {
      assertThat(DyingDisk.isDead()).as("%s: %s", when, e).isTrue();
    } finally {
      DyingDisk.live();
    }
  }

  private HikariDataSource pool() {
    String url = "jdbc:h2:dying:" + file;
    return DataSources.of(
        new DatabaseAddress(url, "sa", Optional.empty()), "test", Duration.ofSeconds(30));
  }
}
