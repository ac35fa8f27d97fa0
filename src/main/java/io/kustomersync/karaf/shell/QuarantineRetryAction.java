package io.kustomersync.karaf.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(
    scope = "kustomer",
    name = "quarantine-retry",
    description = "Gives each row once more to the sink that refused it.")
public final class QuarantineRetryAction extends KustomerAction {

  @Argument(name = "TABLE", multiValued = true, description = "Default: all.")
  @Completion(TableCompleter.class)
  private List<String> tables = List.of();

  @Override
  List<String> line() {
    return new Line("quarantine", "retry").of(tables);
  }
}
