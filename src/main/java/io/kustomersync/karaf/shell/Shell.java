package io.kustomersync.karaf.shell;

import io.kustomersync.app.ContainerCommands;
import io.kustomersync.app.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Session;

/** Runs a command of the command line on a console of Karaf. */
final class Shell {

  private static final int WIDTH_UNKNOWN = 100;

  private Shell() {}

  /**
   * @return null: all is said on the console
   * @throws IllegalStateException when it did not go well, so that scripts notice
   */
  static Object run(
      ContainerCommands commands, Session session, String command, List<String> arguments) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ContainerCommands.class.getClassLoader());
    try {
      String[] line = Stream.concat(Stream.of(command), arguments.stream()).toArray(String[]::new);
      if (commands.execute(terminal(session), line) != 0) {
        throw new IllegalStateException("kustomer:" + command + " did not go well, see above");
      }
      return null;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Terminal terminal(Session session) {
    PrintWriter console = new PrintWriter(session.getConsole(), true);
    int width = session.getTerminal() == null ? 0 : session.getTerminal().getWidth();
    return new Terminal(console, console, width > 20 ? width : WIDTH_UNKNOWN, false);
  }
}
