package io.kustomersync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointJson;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A connector that polls the model, and what its sink holds. */
final class ModelConnector {
  final Map<String, String> sink = new HashMap<>();
  final Set<String> delivered = new HashSet<>();
  int twice;
  Checkpoint checkpoint = Checkpoint.start("customers");
  Duration overlap = Duration.ofMinutes(5);
  Instant startDate;
  int ahead = 1;
  BackfillMode backfill = BackfillMode.SEARCH;
  int sideBySide;

  /** Whether lists answer at once, and search is served before their answers are taken. */
  boolean listsWait;

  private final int pageSize;
  private final Map<String, Long> newest = new HashMap<>();

  ModelConnector(Instant startDate, int pageSize) {
    this.startDate = startDate;
    this.pageSize = pageSize;
  }

  void poll(ModelKustomer kustomer, Runnable betweenCalls) {
    poll(kustomer, betweenCalls, new Random(1), Integer.MAX_VALUE);
  }

  /**
   * Questions are answered and answers taken in any order.
   *
   * @param pages after so many it is ended
   */
  void poll(ModelKustomer kustomer, Runnable betweenCalls, Random order, int pages) {
    TableReader walk = open(kustomer);
    Set<ApiRequest> asked = new LinkedHashSet<>();
    Map<ApiRequest, Page> answered = new LinkedHashMap<>();
    for (int page = 0; page < pages && !walk.done(); page++) {
      asked.addAll(walk.plan());
      long searches = asked.stream().filter(request -> request.body().isPresent()).count();
      assertThat(asked).isNotEmpty();
      assertThat(searches).isLessThanOrEqualTo(ahead);
      sideBySide = Math.max(sideBySide, (int) searches);
      for (ApiRequest request : asked) {
        if (order.nextInt(3) == 0 || listsWait && request.body().isEmpty()) {
          answered.computeIfAbsent(request, kustomer::answer);
        }
      }
      ApiRequest next = choose(List.copyOf(asked), order);
      asked.remove(next);
      answered.computeIfAbsent(next, kustomer::answer);
      deliver(walk.accept(next, answered.remove(next)));
      checkpoint = stored(walk.checkpoint());
      kustomer.pass(Duration.ofSeconds(1));
      betweenCalls.run();
    }
  }

  private ApiRequest choose(List<ApiRequest> asked, Random order) {
    List<ApiRequest> searches = asked.stream().filter(one -> one.body().isPresent()).toList();
    boolean search = listsWait && !searches.isEmpty() && order.nextInt(4) > 0;
    List<ApiRequest> among = search ? searches : asked;
    return among.get(order.nextInt(among.size()));
  }

  TableReader open(ModelKustomer kustomer) {
    return TableReader.open(
        new SearchTable("customers", "customer", "customer", History.ARCHIVE, "/v1/customers"),
        checkpoint,
        new ReadOptions(
            startDate,
            pageSize,
            overlap,
            ahead,
            backfill,
            new NextLink(URI.create("http://localhost:1"))),
        kustomer.clock());
  }

  /** What a restart would find. */
  static Checkpoint stored(Checkpoint checkpoint) {
    return CheckpointJson.read(CheckpointJson.write(checkpoint), "test");
  }

  void deliver(Delivery delivery) {
    for (KustomerRecord record : delivery.records()) {
      String version = record.rev().getAsLong() + (record.deleted() ? " deleted" : "");
      if (!delivered.add(record.id() + ' ' + version)) {
        twice++;
      }
      long before = newest.getOrDefault(record.id(), 0L);
      assertThat(record.rev().getAsLong()).as("no older version later").isGreaterThan(before - 1);
      newest.put(record.id(), record.rev().getAsLong());
      sink.merge(record.id(), version, (old, fresh) -> rev(fresh) >= rev(old) ? fresh : old);
    }
  }

  static long rev(String version) {
    return Long.parseLong(version.split(" ")[0]);
  }
}
