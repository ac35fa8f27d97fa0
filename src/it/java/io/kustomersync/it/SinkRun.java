package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.connector.CamelConnector;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.Polling;
import io.kustomersync.connector.Polling.Result;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A sandbox and a connector that delivers it to sinks, for one test. */
final class SinkRun implements AutoCloseable {

  final SandboxKustomer kustomer;
  private final Path home;
  private final Path routes;

  SinkRun(Path home, Path routes, SandboxOptions options) {
    this.home = home;
    this.routes = routes;
    this.kustomer = SandboxKustomer.start(options.searchLag(Duration.ZERO));
  }

  static SandboxOptions small() {
    return SandboxOptions.empty()
        .count("customers", 1_200)
        .count("tags", 7)
        .searchLimit(100_000)
        .orgLimit(100_000);
  }

  /** One sync of one table, in a connector of its own. */
  Result sync(String table, String... sets) throws Exception {
    List<String> all = new ArrayList<>();
    all.add("kustomer.url=" + kustomer.url());
    all.add("kustomer.routes=" + routes.toAbsolutePath());
    all.add("kustomer.start-date=2017-01-25");
    all.add("kustomer.budget.share=1");
    all.add("kustomer.overlap=0s");
    all.add("kustomer.database.url=jdbc:h2:file:" + home.resolve("kustomer"));
    all.addAll(List.of(sets));
    Settings settings =
        new SettingsReader(
                home,
                Map.of("KUSTOMER_API_TOKEN", "sandbox-token"),
                Clock.systemUTC(),
                warning -> {
                  throw new AssertionError(warning);
                })
            .read(all, Set.of(Settings.Need.TOKEN));
    try (Connector connector = CamelConnector.start(settings)) {
      TableDefinition definition =
          connector.source().tables().stream()
              .filter(known -> known.name().equals(table))
              .findFirst()
              .orElseThrow();
      return connector.polling().sync(definition, Polling.Listener.NONE);
    }
  }

  void syncWell(String table, String... sets) throws Exception {
    assertThat(sync(table, sets).failure()).isEmpty();
  }

  /** {@code id:rev} of all records, the newest versions. */
  Set<String> journal(String kind) {
    return kustomer.journal(kind).stream()
        .filter(JournalEntry::findable)
        .map(entry -> entry.id() + ":" + entry.rev())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    kustomer.close();
  }
}
