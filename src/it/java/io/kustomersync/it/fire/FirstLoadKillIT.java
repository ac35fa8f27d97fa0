package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.options.Quirk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void aFirstLoadThroughListsInOrderOrNotEndsEqualToKustomerWhateverEndsIt() throws Exception {
    try (Campaigns campaigns = new Campaigns()) {
      campaigns.add(campaign(campaigns.seed, "ordered"));
      campaigns.add(campaign(campaigns.seed + 10, "unordered", Quirk.LISTS_BY_UPDATE));

      List<Map<String, Integer>> counts = campaigns.run(SECONDS_IN_CI);

      Map<String, Integer> ordered = counts.get(0);
      Map<String, Integer> unordered = counts.get(1);
      assertThat(counts).allSatisfy(one -> assertThat(Campaign.kills(one)).isGreaterThan(5));
      assertThat(ordered.get("list pages")).as(ordered.toString()).isGreaterThan(50);
      assertThat(unordered.get("list pages")).as(unordered.toString()).isPositive();
    }
  }

  private Campaign campaign(long seed, String lists, Quirk... quirks) throws Exception {
    return Campaign.ofFirstLoads(
        seed,
        CampaignDatabase.postgres("fire_lists_" + lists),
        Files.createDirectory(folder.resolve(lists)),
        quirks);
  }
}
