package io.kustomersync.bench;

import io.kustomersync.bench.KustomerProcess.Stock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The connector as it keeps up on its schedule: what nothing new costs, how late a change is. */
final class Standing {

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Path folder;

  Standing(Path folder) {
    this.folder = folder;
  }

  /** One poll a minute of two search tables, nothing new. */
  void idle(int minutes) throws Exception {
    try (KustomerProcess kustomer = KustomerProcess.start(new Stock("messages", 2_000));
        Place place = new Place("h2", folder.resolve("idle"))) {
      Path run = place.next();
      ConnectorRun connector =
          new ConnectorRun(kustomer, "messages,customers", run)
              .with("kustomer.tables", "messages,customers")
              .with("kustomer.schedule", "1m");
      try (Measured measured = connector.start("run")) {
        // The first polls load what there is.
        Thread.sleep(Duration.ofSeconds(100).toMillis());
        kustomer.calls();
        double before = measured.cpu();
        Thread.sleep(Duration.ofMinutes(minutes).toMillis());
        double cpu = measured.cpu() - before;
        long calls = kustomer.calls().count();
        System.out.printf(
            Locale.ROOT,
            "Idle, two search tables polled each minute for %d minutes: %d calls, CPU %.2f s ="
                + " %.2f %% of one core, RSS %.0f MB%n",
            minutes,
            calls,
            cpu,
            cpu / (minutes * 60) * 100,
            measured.rss());
        measured.stop();
      }
    }
  }

  /** Changes records at random moments and looks when the database has the change. */
  void fresh(int changes) throws Exception {
    try (KustomerProcess kustomer = KustomerProcess.start(new Stock("messages", 20_000).lazy());
        Place place = new Place("postgresql", folder.resolve("fresh"))) {
      Path run = place.next();
      ConnectorRun connector =
          place
              .set(new ConnectorRun(kustomer, "messages", run), run)
              .with("kustomer.tables", "messages")
              .with("kustomer.schedule", PERIOD.toSeconds() + "s");
      try (Measured measured = connector.start("run");
          Connection database = place.open(run)) {
        awaitRows(database, 20_000);
        List<Long> late = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < changes; i++) {
          Thread.sleep(random.nextInt((int) PERIOD.toMillis()));
          String id = "";
          long begin = System.nanoTime();
          id = kustomer.change("messages");
          late.add(awaitChange(database, id, begin));
        }
        measured.stop();
        Collections.sort(late);
        System.out.printf(
            Locale.ROOT,
            "Freshness, polled each %d s, %d changes at random moments: median %d ms, 95th"
                + " percentile %d ms, most %d ms%n",
            PERIOD.toSeconds(),
            changes,
            late.get(changes / 2),
            late.get((int) Math.ceil(changes * 0.95) - 1),
            late.get(changes - 1));
      }
    }
  }

  private static void awaitRows(Connection database, int rows)
      throws SQLException, InterruptedException {
    for (int have = 0; have < rows; Thread.sleep(100)) {
      try (PreparedStatement count = database.prepareStatement("SELECT count(*) FROM messages");
          ResultSet found = count.executeQuery()) {
        found.next();
        have = found.getInt(1);
      } catch (SQLException e) {
        // not made yet
      }
    }
  }

  /** The record's last change is newer than all of the start, which ended ten days ago. */
  private static long awaitChange(Connection database, String id, long begin)
      throws SQLException, InterruptedException {
    try (PreparedStatement select =
        database.prepareStatement(
            "SELECT 1 FROM messages WHERE id = ? AND updated_at > now() - interval '60 seconds'")) {
      select.setString(1, id);
      while (true) {
        try (ResultSet found = select.executeQuery()) {
          if (found.next()) {
            return (System.nanoTime() - begin) / 1_000_000;
          }
        }
        if (System.nanoTime() - begin > 60_000_000_000L) {
          throw new IllegalStateException("the change of " + id + " did not arrive in 60 s");
        }
        Thread.sleep(10);
      }
    }
  }
}
