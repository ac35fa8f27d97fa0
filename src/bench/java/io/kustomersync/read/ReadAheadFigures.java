package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How fast a first load goes where answers are slow, in virtual time: the real walk, answers that
 * take a while, one deliverer, and the search limit. Run it for the table in {@code
 * docs/evidence/performance.md}.
 */
final class ReadAheadFigures {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");

  /** The walk does not know how many records stand for one: pages of 20 here, of 500 there. */
  private static final int PAGE_SIZE = 20;

  private static final int RECORDS = 12_000;
  private static final int REAL_PAGE = 500;
  private static final double WINDOW = 60.25;

  private ReadAheadFigures() {}

  /**
   * @param ahead {@code kustomer.read-ahead}
   * @param answer seconds that an answer takes on average, from half to one and a half of it
   * @param deliver seconds that the sinks take for a page
   * @param own searches a minute that are ours
   * @return records a minute, of pages of 500
   */
  static double recordsAMinute(int ahead, double answer, double deliver, int own) {
    ModelKustomer kustomer = new ModelKustomer(new Random(1), NOW);
    for (int i = 0; i < RECORDS; i++) {
      kustomer.create(START, START.plusSeconds(i * 3600L));
    }
    Random random = new Random(7);
    TableReader walk =
        TableReader.open(
            new SearchTable("customers", "customer", "customer", History.ARCHIVE, ""),
            Checkpoint.start("customers"),
            new ReadOptions(
                START,
                PAGE_SIZE,
                Duration.ofMinutes(5),
                ahead,
                new NextLink(URI.create("http://localhost:1"))),
            kustomer.clock());
    Map<ApiRequest, Double> arrives = new HashMap<>();
    Deque<Double> calls = new ArrayDeque<>();
    double now = 0;
    while (!walk.done()) {
      now = ask(walk, arrives, calls, now, answer, own, random);
      var first = arrives.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
      now = Math.max(now, first.getValue());
      arrives.remove(first.getKey());
      Page page = kustomer.answer(first.getKey());
      walk.accept(first.getKey(), page);
      ask(walk, arrives, calls, now, answer, own, random);
      now += deliver;
    }
    return RECORDS / (double) PAGE_SIZE * REAL_PAGE / (now / 60);
  }

  /** A question goes when fewer than our share went within a window before it. */
  private static double ask(
      TableReader walk,
      Map<ApiRequest, Double> arrives,
      Deque<Double> calls,
      double now,
      double answer,
      int own,
      Random random) {
    for (ApiRequest request : walk.plan()) {
      if (!arrives.containsKey(request)) {
        double goes = now;
        if (calls.size() >= own) {
          goes = Math.max(now, calls.pollFirst() + WINDOW);
        }
        calls.addLast(goes);
        arrives.put(request, goes + answer * (0.5 + random.nextDouble()));
      }
    }
    return now;
  }

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    out.println("| an answer takes | a page is delivered in | one at a time | 2 | 3 | 4 | 8 |");
    out.println("|---|---|---|---|---|---|---|");
    for (double answer : new double[] {0.3, 1, 2, 4}) {
      for (double deliver : new double[] {0.05, 0.5}) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "| %.1f s | %.2f s |", answer, deliver));
        for (int ahead : new int[] {1, 2, 3, 4, 8}) {
          double rate = recordsAMinute(ahead, answer, deliver, 80);
          line.append(String.format(Locale.ROOT, " %,.0f |", rate));
        }
        out.println(line);
      }
    }
  }
}
