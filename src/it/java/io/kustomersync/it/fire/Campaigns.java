package io.kustomersync.it.fire;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Campaigns side by side, since each waits much: for a start, for a retry, for an answer that never
 * ends. Takes {@code -Dfault.minutes} and {@code -Dfault.seed}.
 */
final class Campaigns implements AutoCloseable {
  final long seed = Long.getLong("fault.seed", System.nanoTime());
  private final List<Campaign> campaigns = new ArrayList<>();

  void add(Campaign campaign) {
    campaigns.add(campaign);
  }

  /**
   * Ends at the first campaign that finds a difference.
   *
   * @param secondsInCi how long, unless asked for otherwise
   * @return what each did, in the order in which they were added
   */
  List<Map<String, Integer>> run(int secondsInCi) throws Exception {
    Integer minutes = Integer.getInteger("fault.minutes");
    Duration time = minutes == null ? Duration.ofSeconds(secondsInCi) : Duration.ofMinutes(minutes);
    System.out.println("faults: replay with -Dfault.seed=" + seed);
    ExecutorService threads = Executors.newFixedThreadPool(campaigns.size());
    try {
      ExecutorCompletionService<Map<String, Integer>> running =
          new ExecutorCompletionService<>(threads);
      List<Future<Map<String, Integer>>> outcomes = new ArrayList<>();
      for (Campaign campaign : campaigns) {
        outcomes.add(running.submit(() -> campaign.run(time)));
      }
      for (int i = 0; i < campaigns.size(); i++) {
        running.take().get();
      }
      List<Map<String, Integer>> counts = new ArrayList<>();
      for (Future<Map<String, Integer>> outcome : outcomes) {
        counts.add(outcome.get());
      }
      System.out.println("faults: in the end " + kills(counts) + " kills, in all " + sum(counts));
      return counts;
    } catch (ExecutionException e) {
      throw new AssertionError("replay with -Dfault.seed=" + seed, e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  static int kills(List<Map<String, Integer>> counts) {
    return counts.stream().mapToInt(Campaign::kills).sum();
  }

  private static Map<String, Integer> sum(List<Map<String, Integer>> counts) {
    Map<String, Integer> sum = new TreeMap<>();
    counts.forEach(one -> one.forEach((what, count) -> sum.merge(what, count, Integer::sum)));
    return sum;
  }

  @Override
  public void close() throws IOException {
    for (Campaign campaign : campaigns) {
      campaign.close();
    }
  }
}
