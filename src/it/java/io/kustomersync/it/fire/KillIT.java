package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dfault.minutes=60} runs it for as long as asked; {@code -Dfault.seed=…} plans the same
 * faults again; {@code -Dfault.campaigns=4} has so many campaigns of each kind side by side.
 */
class KillIT {
  private static final int SECONDS_IN_CI = 270;
  private static final int CAMPAIGNS_OF_A_KIND = 2;

  /** Kept where something was found: the database files and the output of each process. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whateverEndsItTheDatabaseEndsEqualToKustomer() throws Exception {
    try (Campaigns campaigns = new Campaigns()) {
      for (int i = 0; i < Integer.getInteger("fault.campaigns", CAMPAIGNS_OF_A_KIND); i++) {
        long seed = campaigns.seed + 100L * i;
        Path h2 = folder("h2-" + i);
        Path apart = folder("apart-" + i);
        campaigns.add(new Campaign(seed, CampaignDatabase.h2(h2), h2));
        campaigns.add(
            new Campaign(
                seed + 10, CampaignDatabase.postgres("fire_" + i), folder("postgresql-" + i)));
        campaigns.add(
            new Campaign(seed + 20, CampaignDatabase.apart("fire_apart_" + i, apart), apart));
        campaigns.add(
            new Campaign(seed + 30, CampaignDatabase.mariadb("fire_" + i), folder("mariadb-" + i)));
      }

      List<Map<String, Integer>> counts = campaigns.run(SECONDS_IN_CI);

      assertThat(Campaigns.kills(counts)).as(counts.toString()).isGreaterThan(20);
    }
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }
}
