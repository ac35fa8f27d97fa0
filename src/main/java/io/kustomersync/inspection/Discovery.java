package io.kustomersync.inspection;

import io.kustomersync.api.KustomerException;
import io.kustomersync.connector.KustomerSource;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.schema.Mapped;
import io.kustomersync.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Lists tables and their columns, custom classes included. Writes nothing. Not thread-safe. */
public final class Discovery {

  /** Told of each table as soon as it is known. */
  public interface Listener {
    void found(DiscoveredTable table);

    /** It is not shown; the others are. */
    void failed(String table, KustomerException failure);
  }

  private final KustomerSource source;
  private final Settings settings;
  private final Sample sample;
  private final Listener listener;

  public Discovery(KustomerSource source, Settings settings, Clock clock, Listener listener) {
    this.source = source;
    this.settings = settings;
    this.sample = new Sample(source.kustomer(), settings, clock);
    this.listener = listener;
  }

  /**
   * @param names of the tables; all that the routes define if empty
   * @throws KustomerException.Unauthorized when the token is refused: no table could be read
   */
  public void run(List<String> names) {
    List<TableDefinition> tables =
        names.isEmpty() ? source.tables() : TableChoice.choose(names, settings, source);
    for (TableDefinition table : tables) {
      if (Sample.holdsClasses(table)) {
        classes(table.name());
      } else {
        show(table.name(), () -> sample.of(table, settings.reading().pageSize()));
      }
    }
  }

  private void classes(String name) {
    attempt(name, sample::classes)
        .orElse(Map.of())
        .forEach(
            (table, className) ->
                show(table, () -> sample.ofClass(table, className, settings.reading().pageSize())));
  }

  private void show(String table, Supplier<Mapped> reading) {
    attempt(table, reading)
        .map(page -> DiscoveredTable.of(page.schema()))
        .ifPresent(listener::found);
  }

  private <T> Optional<T> attempt(String table, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (KustomerException.Unauthorized e) {
      throw e;
    } catch (KustomerException e) {
      listener.failed(table, e);
      return Optional.empty();
    }
  }
}
