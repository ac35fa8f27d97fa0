package io.kustomersync.settings;

import io.kustomersync.database.Database;
import io.kustomersync.database.Durability;
import io.kustomersync.read.BackfillMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings that are each fine and together break a condition of docs/promises.md. */
public final class SettingsRules {
  private static final String FOLDER = ".folder";

  private SettingsRules() {}

  /**
   * @param problems gets a line for each
   */
  static void check(Settings settings, List<String> problems) {
    String database = settings.storage().database().url();
    Durability durability =
        Database.ofUrl(database).map(kind -> kind.durability(database)).orElse(Durability.KEPT);
    boolean apart =
        settings.sinks().names().contains("database")
            && !settings.storage().checkpoint().url().equals(database);
    if (apart && durability == Durability.GONE) {
      problems.add(
          "kustomer.database.url names a database in memory, but kustomer.checkpoint.url one beside"
              + " it: after a restart the rows would be gone and the positions not; remove"
              + " kustomer.checkpoint.url, or write jdbc:h2:file:<path> for the rows");
    } else if (apart && durability == Durability.MAY_GO_BACK) {
      // Seen under KillIT: docs/reliability.md. In one file, both go back and are read again.
      problems.add(
          "kustomer.checkpoint.url keeps the positions apart from the rows, which are in an H2 file:"
              + " after the process was killed H2 may open an older state of its file, and the"
              + " positions would be ahead of the rows; remove kustomer.checkpoint.url, or keep the"
              + " rows in PostgreSQL or MariaDB");
    }
    if (settings.reading().backfill() == BackfillMode.BOTH && settings.reading().readAhead() < 2) {
      problems.add(
          "kustomer.backfill is both, but kustomer.read-ahead lets only one question be under way;"
              + " write 2 or more there, or kustomer.backfill=search");
    }
    Map<Path, String> folders = new HashMap<>();
    for (String sink : settings.sinks().names()) {
      String key = SinkOptionsReader.KEY + sink + FOLDER;
      String byDefault = SinkCatalogue.find(key).flatMap(Setting::defaultText).orElse(null);
      String folder = settings.sinks().options().plain().getOrDefault(key, byDefault);
      if (folder == null) {
        continue;
      }
      String other = folders.put(settings.home().resolve(folder).normalize(), key);
      if (other != null) {
        problems.add(
            other
                + " and "
                + key
                + " are one folder, and each sink would list its files as the only ones there;"
                + " write another for one of them");
      }
    }
  }
}
