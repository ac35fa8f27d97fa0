package io.kustomersync.karaf.shell;

import io.kustomersync.app.ContainerCommands;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

@Service
@Command(
    scope = "kustomer",
    name = "preview",
    description = "Shows the first rows of a table; writes nothing.")
public final class Preview implements Action {

  @Reference private ContainerCommands commands;
  @Reference private Session session;

  @Argument(name = "TABLE", required = true, description = "E.g. customers, kobject_order.")
  @Completion(TableCompleter.class)
  private String table;

  @Option(name = "--rows", description = "How many, 1 to 500; default 10.")
  private int rows = 10;

  @Option(name = "--json", description = "All columns, whole values, as JSON.")
  private boolean json;

  @Override
  public Object execute() {
    List<String> arguments = new ArrayList<>(List.of(table, "--rows", Integer.toString(rows)));
    if (json) {
      arguments.add("--json");
    }
    return Shell.run(commands, session, "preview", arguments);
  }
}
