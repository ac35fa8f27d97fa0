package io.kustomersync.cli;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.connector.FailureText;
import io.kustomersync.settings.Redaction;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every command works with. */
final class CommandContext {
  private final Path home;
  private final Function<Consumer<String>, SettingsReader> readers;
  private final Supplier<List<String>> sets;
  private final Clock clock;
  private final Terminal terminal;
  private final ConnectorFactory connectors;
  private final boolean ownsProcess;
  private final Redaction redaction = new Redaction();

  /**
   * @param home what relative paths are resolved against
   * @param readers gives what reads the settings and tells its warnings there
   * @param sets the values of {@code --set}, known once the command line is parsed
   * @param ownsProcess whether signals to the process are for us; in a container they are not
   */
  CommandContext(
      Path home,
      Function<Consumer<String>, SettingsReader> readers,
      Supplier<List<String>> sets,
      Clock clock,
      Terminal terminal,
      ConnectorFactory connectors,
      boolean ownsProcess) {
    this.home = home;
    this.readers = readers;
    this.sets = sets;
    this.clock = clock;
    this.terminal = terminal;
    this.connectors = connectors;
    this.ownsProcess = ownsProcess;
  }

  Settings settings(Need... needs) {
    Settings settings = readers.apply(terminal::tell).read(sets.get(), Set.of(needs));
    redaction.add(settings);
    return settings;
  }

  Connector connect(Settings settings) throws Exception {
    return connectors.start(settings);
  }

  Path home() {
    return home;
  }

  Terminal terminal() {
    return terminal;
  }

  Clock clock() {
    return clock;
  }

  /** Whether signals to the process are for us to obey, and its end for us to bring. */
  boolean ownsProcess() {
    return ownsProcess;
  }

  /** A failure as one line, fit for a person. */
  String said(Throwable failure) {
    return redaction.apply(String.join("; ", FailureText.lines(failure)));
  }

  /** A text without our secrets. */
  String redacted(String text) {
    return redaction.apply(text);
  }
}
