package io.kustomersync.karaf.shell;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.container.ContainerCommands;
import java.io.PrintWriter;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;

/** Runs a command of the command line on a console of Karaf. */
abstract class KustomerAction implements Action {

  private static final int WIDTH_UNKNOWN = 100;
  private static final int NARROWEST = 20;

  @Reference private ContainerCommands commands;
  @Reference private Session session;

  /** As it would be typed: the command's name, options, tables. */
  abstract List<String> line();

  /**
   * @return null: all is said on the console
   * @throws IllegalStateException when it did not go well, so that scripts notice
   */
  @Override
  public final Object execute() {
    List<String> line = line();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ContainerCommands.class.getClassLoader());
    try {
      if (commands.execute(terminal(), line.toArray(String[]::new)) != 0) {
        String command = getClass().getAnnotation(Command.class).name();
        throw new IllegalStateException("kustomer:" + command + " did not go well, see above");
      }
      return null;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Terminal terminal() {
    PrintWriter console = new PrintWriter(session.getConsole(), true);
    int width = session.getTerminal() == null ? 0 : session.getTerminal().getWidth();
    return new Terminal(console, console, width > NARROWEST ? width : WIDTH_UNKNOWN, false);
  }
}
