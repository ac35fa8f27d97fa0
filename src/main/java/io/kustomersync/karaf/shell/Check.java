package io.kustomersync.karaf.shell;

import io.kustomersync.app.ContainerCommands;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

@Service
@Command(
    scope = "kustomer",
    name = "check",
    description =
        "Tests the connection, the key's permission for each table, and the database; writes no"
            + " data.")
public final class Check implements Action {

  @Reference private ContainerCommands commands;
  @Reference private Session session;

  @Argument(
      name = "TABLE",
      multiValued = true,
      description = "Default: kustomer.tables of the settings.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Override
  public Object execute() {
    return Shell.run(commands, session, "check", tables);
  }
}
