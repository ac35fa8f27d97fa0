package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.Quirk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kustomer.backfill=both} under fire, as {@link KillIT}: lists that shift as records are
 * deleted, in order and out of it. Takes {@code -Dfault.minutes} and {@code -Dfault.seed} too.
 */
class FirstLoadKillIT {
  private static final int SECONDS_IN_CI = 60;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aFirstLoadThroughListsInOrderEndsEqualToKustomerWhateverEndsIt() throws Exception {
    Path a = Files.createDirectory(folder.resolve("a"));
    Map<String, Integer> counts = run("fire_lists_a", a);

    assertThat(counts.get("list pages")).as(counts.toString()).isGreaterThan(50);
  }

  @Test
  void aFirstLoadThroughListsOutOfOrderEndsEqualToKustomerWhateverEndsIt() throws Exception {
    Path b = Files.createDirectory(folder.resolve("b"));
    Map<String, Integer> counts = run("fire_lists_b", b, Quirk.LISTS_BY_UPDATE);

    assertThat(counts.get("list pages")).as(counts.toString()).isPositive();
  }

  private static Map<String, Integer> run(String database, Path folder, Quirk... quirks)
      throws Exception {
    long seed = Long.getLong("fault.seed", System.nanoTime());
    Integer minutes = Integer.getInteger("fault.minutes");
    Duration time =
        minutes == null ? Duration.ofSeconds(SECONDS_IN_CI) : Duration.ofMinutes(minutes);
    System.out.println("faults: replay with -Dfault.seed=" + seed);
    try (Campaign campaign =
        Campaign.ofFirstLoads(seed, CampaignDatabase.postgres(database), folder, quirks)) {
      Map<String, Integer> counts = campaign.run(time);
      System.out.println("faults: in the end " + counts);
      assertThat(Campaign.kills(counts)).as(counts.toString()).isGreaterThan(5);
      return counts;
    } catch (Exception | AssertionError e) {
      throw new AssertionError("replay with -Dfault.seed=" + seed, e);
    }
  }
}
