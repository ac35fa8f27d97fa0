package io.kustomersync.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.connector.CannedConnector;
import io.kustomersync.settings.Configuration;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container does to the connector; the whole of it is in KarafIT. */
class LiveConnectorTest {

  private static final Map<String, String> GOOD =
      Map.of("kustomer.api-token", "a-token", "kustomer.start-date", "2024-01-01");

  @TempDir Path home;

  private static final Map<String, String> NAMED =
      Map.of(
          "kustomer.api-token",
          "a-token",
          "kustomer.start-date",
          "2024-01-01",
          "kustomer.database.url",
          "osgi:warehouse");
  private static final ContainerService WAREHOUSE =
      new ContainerService(ContainerService.Kind.DATA_SOURCE, "warehouse");

  private final List<CannedConnector> started = new CopyOnWriteArrayList<>();
  private volatile boolean lasting;
  private volatile Consumer<CannedConnector> prepare = connector -> {};
  private final ScheduledThreadPoolExecutor work = LiveConnector.ownThread();
  private final Map<ContainerService, Integer> services = new ConcurrentHashMap<>();
  private final LiveConnector live =
      new LiveConnector(
          (values, warnings) ->
              new SettingsReader(
                  home,
                  new Configuration("etc/x.cfg", Map.of(), values),
                  Map.of(),
                  Clock.systemUTC(),
                  warnings),
          settings -> {
            CannedConnector connector = new CannedConnector();
            if (lasting) {
              connector.end = new CompletableFuture<>();
            }
            prepare.accept(connector);
            started.add(connector);
            return connector.connector();
          },
          service -> Optional.ofNullable(services.get(service)),
          work);

  @Test
  void wrongSettingsStartNothing() throws Exception {
    try (live) {
      live.configure(Map.of("kustomer.start-date", "tomorrow")).get();

      assertThat(started).isEmpty();
      assertThat(live.tableNames()).isEmpty();
    }
  }

  @Test
  void goodSettingsStartTheSchedule() throws Exception {
    try (live) {
      live.configure(GOOD).get();

      assertThat(started.get(0).scheduled)
          .extracting(table -> table.name())
          .containsExactly("conversations", "customers", "kobjects");
    }
  }

  @Test
  void aRefusedKeyStopsIt() throws Exception {
    try (live) {
      live.configure(GOOD).get(); // this connector's key is refused at once

      await().until(() -> started.get(0).closed);
      assertThat(live.tableNames()).isEmpty();
    }
  }

  @Test
  void aRefusedKeyIsNotAskedWithAgain() throws Exception {
    prepare = refusing(new KustomerException.Unauthorized("the key is not valid"));
    try (live) {
      live.configure(oneClass()).get();

      assertThat(started).hasSize(1);
      assertThat(work.getQueue()).as("only looks at files and services").hasSize(1);
    }
  }

  @Test
  void whatMayPassIsTriedAgain() throws Exception {
    prepare = refusing(new KustomerException.Unavailable("503", null));
    try (live) {
      live.configure(oneClass()).get();

      assertThat(started).hasSize(1);
      assertThat(work.getQueue()).as("a look, and the next start").hasSize(2);
    }
  }

  /** Asks Kustomer for its classes at the start. */
  private static Map<String, String> oneClass() {
    Map<String, String> values = new HashMap<>(GOOD);
    values.put("kustomer.tables", "kobject_order");
    return values;
  }

  private static Consumer<CannedConnector> refusing(KustomerException refusal) {
    return connector -> connector.refusals.put("/v1/klasses", refusal);
  }

  @Test
  void settingsOfCheckpointsThatAnotherProcessWorksOnLeaveWhatRuns() throws Exception {
    lasting = true;
    try (live) {
      live.configure(GOOD).get();
      prepare =
          next ->
              next.holder =
                  Optional.of(new LeaseHolder("other.example", "", 4711, "", Instant.EPOCH));
      live.configure(GOOD).get();

      assertThat(started).hasSize(2);
      assertThat(started.get(0).closed).isFalse();
      assertThat(started.get(1).closed).isTrue();
      assertThat(live.tableNames()).isNotEmpty();
    }
  }

  @Test
  void itsOwnLeaseIsNoObstacle() throws Exception {
    lasting = true;
    try (live) {
      live.configure(GOOD).get();
      prepare = next -> next.heldUntil(() -> started.get(0).closed);
      live.configure(GOOD).get();

      assertThat(started.get(0).closed).isTrue();
      assertThat(started.get(1).scheduled).isNotEmpty();
    }
  }

  @Test
  void wherePollingCanNotBeginWithNewSettingsItGoesOnWithTheOldOnes() throws Exception {
    lasting = true;
    try (live) {
      live.configure(GOOD).get();
      prepare = next -> next.failures.put("schedule", new IllegalStateException("no such trigger"));
      started.get(0).whenClosed = () -> prepare = third -> {};
      live.configure(GOOD).get();

      assertThat(started).as("the old one, the new one, the old one anew").hasSize(3);
      assertThat(started.get(1).closed).isTrue();
      assertThat(started.get(2).scheduled).isNotEmpty();
      assertThat(live.tableNames()).isNotEmpty();
    }
  }

  @Test
  void whereTheOldOneCanNotBeStartedForNowItIsTriedAgain() throws Exception {
    lasting = true;
    try (live) {
      live.configure(GOOD).get();
      prepare = next -> next.failures.put("schedule", new IllegalStateException("no such trigger"));
      started.get(0).whenClosed =
          () ->
              prepare =
                  third ->
                      third.failures.put(
                          "schedule", new KustomerException.Unavailable("503", null));
      live.configure(GOOD).get();

      assertThat(live.tableNames()).isEmpty();
      assertThat(work.getQueue()).as("a look, and the next start").hasSize(2);
    }
  }

  @Test
  void aServiceThatTheContainerHasNotYetIsWaitedFor() throws Exception {
    try (live) {
      live.configure(NAMED).get();
      assertThat(started).isEmpty();

      services.put(WAREHOUSE, 1);

      await().until(() -> !started.isEmpty());
    }
  }

  @Test
  void aServiceThatWasReplacedIsLetGoOfBeforeTheNextIsUsed() throws Exception {
    services.put(WAREHOUSE, 1);
    try (live) {
      lasting = true;
      live.configure(NAMED).get();
      assertThat(started.get(0).closed).isFalse();

      services.put(WAREHOUSE, 2);

      await().until(() -> started.size() == 2);
      assertThat(started.get(0).closed).isTrue();
      await().until(() -> !live.tableNames().isEmpty());
    }
  }

  @Test
  void aServiceThatIsGoneStopsItUntilItIsBack() throws Exception {
    services.put(WAREHOUSE, 1);
    try (live) {
      lasting = true;
      live.configure(NAMED).get();

      services.remove(WAREHOUSE);
      await().until(() -> started.get(0).closed);
      assertThat(live.tableNames()).isEmpty();
      services.put(WAREHOUSE, 2);

      await().until(() -> !live.tableNames().isEmpty());
    }
  }

  @Test
  void settingsThatNameAServiceNotYetThereLeaveWhatRuns() throws Exception {
    try (live) {
      lasting = true;
      live.configure(GOOD).get();
      live.configure(NAMED).get();
      assertThat(started.get(0).closed).isFalse();

      services.put(WAREHOUSE, 1);

      await().until(() -> started.get(0).closed);
      await().until(() -> !live.tableNames().isEmpty());
    }
  }

  @Test
  void whatIsLeftOfOlderSettingsEndsWithItsService() throws Exception {
    services.put(WAREHOUSE, 1);
    try (live) {
      lasting = true;
      live.configure(NAMED).get();
      live.configure(Map.of("kustomer.start-date", "tomorrow")).get();
      assertThat(started.get(0).closed).isFalse();

      services.remove(WAREHOUSE);

      await().until(() -> started.get(0).closed);
      await().until(() -> live.tableNames().isEmpty());
    }
  }

  @Test
  void onlyTheSinksInUseNeedTheirServices() throws Exception {
    Files.createDirectories(home.resolve("routes/sinks"));
    for (String sink : List.of("jms", "amqp")) {
      Files.copy(
          Path.of("routes/sinks/" + sink + ".camel.yaml"),
          home.resolve("routes/sinks/" + sink + ".camel.yaml"));
    }
    services.put(new ContainerService(ContainerService.Kind.CONNECTION_FACTORY, "jms/artemis"), 1);
    Map<String, String> values = new HashMap<>(GOOD);
    values.put("kustomer.database.url", "jdbc:postgresql://localhost/crm");
    values.put("kustomer.sinks", "jms");
    values.put("kustomer.sink.jms.url", "osgi:jms/artemis");
    values.put("kustomer.sink.amqp.url", "osgi:nobody");
    try (live) {
      live.configure(values).get();

      assertThat(started).hasSize(1);
    }
  }

  @Test
  void closedItLeavesNoThread() throws Exception {
    live.configure(GOOD).get();
    live.close();

    assertThat(started.get(0).closed).isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("kustomer-sync"));
  }

  @Test
  void changedRoutesAreSeenOnceTheyAreWhole() throws Exception {
    Path file = Files.writeString(home.resolve("a.camel.yaml"), "one");
    RouteWatch watch = RouteWatch.of(home);
    assertThat(watch.changed()).isFalse();

    Files.writeString(file, "one and a half");
    assertThat(watch.changed()).as("may still be written").isFalse();
    Files.writeString(file, "one and a half, and all");
    assertThat(watch.changed()).as("was still written").isFalse();
    assertThat(watch.changed()).isTrue();
    assertThat(watch.changed()).isFalse();

    Files.createDirectory(home.resolve("sinks"));
    Files.writeString(home.resolve("sinks/b.camel.yaml"), "new");
    watch.changed();
    assertThat(watch.changed()).isTrue();
  }
}
