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
    name = "quarantine-list",
    description = "Shows the rows that a sink could not take, and why.")
public final class QuarantineListAction extends KustomerAction {

  @Argument(name = "TABLE", multiValued = true, description = "Default: all.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Option(name = "--json", description = "As JSON, with row and record.")
  private boolean json;

  @Override
  List<String> line() {
    return new Line("quarantine", "list").with("--json", json).of(tables);
  }
}
