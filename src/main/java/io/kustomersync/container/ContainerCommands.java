package io.kustomersync.container;

import io.kustomersync.cli.KustomerSync;
import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The commands of the command line, for the shell of a container. Thread-safe.
 *
 * @param home what relative paths are resolved against
 * @param readers gives what reads the container's settings and tells its warnings there
 * @param connectors gives the connector to work with; a command closes what it gets
 */
public record ContainerCommands(
    Path home,
    Function<Consumer<String>, SettingsReader> readers,
    Clock clock,
    ConnectorFactory connectors) {

  /**
   * @param arguments as on the command line: {@code preview}, {@code customers}
   * @return 0 when all went well; else the terminal was told why not
   */
  public int execute(Terminal terminal, String... arguments) {
    return new KustomerSync(home, readers, clock, terminal, connectors, false).execute(arguments);
  }
}
