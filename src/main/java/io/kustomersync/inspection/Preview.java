package io.kustomersync.inspection;

import io.kustomersync.connector.KustomerSource;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.connector.UsageException;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.schema.Mapped;
import io.kustomersync.settings.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The first rows of a table, as a sink would be given them. Writes nothing. */
public final class Preview {
  private static final int MOST_ROWS = 500;

  private final KustomerSource source;
  private final Sample sample;

  public Preview(KustomerSource source, Settings settings, Clock clock) {
    this.source = source;
    this.sample = new Sample(source.kustomer(), settings, clock);
  }

  /**
   * @param name of a table that the routes define, or of one custom class
   * @param rows how many at most, 1 to 500
   * @throws UsageException when there is no such table
   */
  public Mapped of(String name, int rows) {
    Optional<TableDefinition> table = TableChoice.find(name, source.tables());
    if (table.isPresent()) {
      return sample.of(table.get(), rows);
    }
    Map<String, String> classes = name.startsWith("kobject_") ? sample.classes() : Map.of();
    if (!classes.containsKey(name)) {
      throw new UsageException(
          TableChoice.unknown(name, source.tables())
              + (classes.isEmpty() ? "" : ", " + String.join(", ", classes.keySet())));
    }
    return sample.ofClass(name, classes.get(name), rows);
  }

  /** Before anything is asked of Kustomer. */
  public static void checkRows(int rows) {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new UsageException("--rows " + rows + " is outside 1..500; write --rows 10");
    }
  }
}
