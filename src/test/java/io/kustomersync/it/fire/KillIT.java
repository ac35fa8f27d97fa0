package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dfault.minutes=60} runs it for as long as asked; {@code -Dfault.seed=…} plans the same
 * faults again. Campaigns go side by side, since each waits much: for a start, for a retry.
 */
class KillIT {
  private static final int SECONDS_IN_CI = 210;

  /** Kept where something was found: the database files and the output of each process. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whateverEndsItTheDatabaseEndsEqualToKustomer() throws Exception {
    long seed = Long.getLong("fault.seed", System.nanoTime());
    Integer minutes = Integer.getInteger("fault.minutes");
    Duration time =
        minutes == null ? Duration.ofSeconds(SECONDS_IN_CI) : Duration.ofMinutes(minutes);

    Map<String, Integer> counts = run(seed, time, folder);

    assertThat(Campaign.kills(counts)).as(counts.toString()).isGreaterThan(20);
  }

  /** Ends at the first campaign that finds a difference. */
  static Map<String, Integer> run(long seed, Duration time, Path folder) throws Exception {
    System.out.println("faults: replay with -Dfault.seed=" + seed);
    Path a = Files.createDirectory(folder.resolve("a"));
    Path b = Files.createDirectory(folder.resolve("b"));
    Path c = Files.createDirectory(folder.resolve("c"));
    List<Campaign> campaigns =
        List.of(
            new Campaign(seed, CampaignDatabase.h2(a), a),
            new Campaign(seed + 10, CampaignDatabase.postgres("fire_b"), b),
            new Campaign(seed + 20, CampaignDatabase.apart("fire_c", c), c));
    ExecutorService threads = Executors.newFixedThreadPool(campaigns.size());
    try {
      ExecutorCompletionService<Map<String, Integer>> running =
          new ExecutorCompletionService<>(threads);
      for (Campaign campaign : campaigns) {
        running.submit(() -> campaign.run(time));
      }
      Map<String, Integer> counts = new TreeMap<>();
      for (int i = 0; i < campaigns.size(); i++) {
        running.take().get().forEach((what, count) -> counts.merge(what, count, Integer::sum));
      }
      System.out.println(
          "faults: in the end " + Campaign.kills(counts) + " kills, in all " + counts);
      return counts;
    } catch (ExecutionException e) {
      throw new AssertionError("replay with -Dfault.seed=" + seed, e.getCause());
    } finally {
      threads.shutdownNow();
      for (Campaign campaign : campaigns) {
        campaign.close();
      }
    }
  }
}
