package io.kustomersync.karaf.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
    scope = "kustomer",
    name = "check",
    description =
        "Tests the connection, the key's permission for each table, and the database; writes no"
            + " data.")
public final class CheckAction extends KustomerAction {

  @Argument(
      name = "TABLE",
      multiValued = true,
      description = "Default: kustomer.tables of the settings.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Override
  List<String> line() {
    return new Line("check").of(tables);
  }
}
