package io.kustomersync.karaf.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
    scope = "kustomer",
    name = "audit",
    description =
        "Compares the database with Kustomer in a few calls; --repair mends what differs.")
public final class AuditAction extends KustomerAction {

  @Argument(
      name = "TABLE",
      multiValued = true,
      description = "Default: kustomer.tables of the settings.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Option(
      name = "--calls",
      description = "Calls to Kustomer for each table at most, 10 or more; default 60.")
  private int calls = 60;

  @Option(name = "--repair", description = "Gives all sinks what was found; no checkpoint moves.")
  private boolean repair;

  @Option(name = "--json", description = "As JSON, with every id found.")
  private boolean json;

  @Override
  List<String> line() {
    return new Line("audit")
        .with("--calls", calls)
        .with("--repair", repair)
        .with("--json", json)
        .of(tables);
  }
}
