package io.kustomersync.karaf.shell;

import io.kustomersync.app.ContainerCommands;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

@Service
@Command(scope = "kustomer", name = "status", description = "Shows how far each table is.")
public final class Status implements Action {

  @Reference private ContainerCommands commands;
  @Reference private Session session;

  @Option(name = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Object execute() {
    return Shell.run(commands, session, "status", json ? List.of("--json") : List.of());
  }
}
