package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dfault.minutes=60} runs it for as long as asked; {@code -Dfault.seed=…} plans the same
 * faults again.
 */
class KillIT {
  private static final int SECONDS_IN_CI = 75;

  @TempDir Path folder;

  @Test
  void whateverEndsItTheDatabaseEndsEqualToKustomer() throws Exception {
    long seed = Long.getLong("fault.seed", System.nanoTime());
    Integer minutes = Integer.getInteger("fault.minutes");
    Duration time =
        minutes == null ? Duration.ofSeconds(SECONDS_IN_CI) : Duration.ofMinutes(minutes);
    try (Campaign campaign = new Campaign(seed, folder)) {
      Map<String, Integer> counts = campaign.run(time);

      System.out.println("faults: in the end " + counts);
      assertThat(Campaign.kills(counts)).isPositive();
    }
  }
}
