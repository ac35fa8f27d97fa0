package io.kustomersync.settings;

import java.nio.file.Path;

/**
 * All that a user can set, checked. Immutable; made by {@link SettingsReader}. Safe to log: secrets
 * show as {@code …}.
 *
 * @param home the distribution's folder; absolute
 * @param routes the folder of the routes; absolute
 */
public record Settings(
    Path home,
    Path routes,
    ConnectionSettings connection,
    ReadingSettings reading,
    StorageSettings storage,
    ColumnSettings columns,
    SinkSettings sinks,
    CamelSettings camel) {

  /** What a command can't do without. */
  public enum Need {
    TOKEN,
    START_DATE
  }

  /** For commands that a person waits for: tries a failed call once more at most. */
  public Settings retryingOnce() {
    return with(connection.retryingOnce());
  }

  private Settings with(ConnectionSettings other) {
    return new Settings(home, routes, other, reading, storage, columns, sinks, camel);
  }
}
