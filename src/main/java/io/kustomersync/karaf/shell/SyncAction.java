package io.kustomersync.karaf.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
    scope = "kustomer",
    name = "sync",
    description = "Catches tables up once, beside the schedule, and tells how it went.")
public final class SyncAction extends KustomerAction {

  @Argument(
      name = "TABLE",
      multiValued = true,
      description = "Default: kustomer.tables of the settings.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Override
  List<String> line() {
    return new Line("sync").of(tables);
  }
}
