package io.kustomersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container does to the connector; the whole of it is in KarafIT. */
class LiveConnectorTest {

  private static final Map<String, String> GOOD =
      Map.of("kustomer.api-token", "a-token", "kustomer.start-date", "2024-01-01");

  @TempDir Path home;

  private final List<CannedConnector> started = new ArrayList<>();
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
            started.add(new CannedConnector());
            return started.get(started.size() - 1);
          });

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
