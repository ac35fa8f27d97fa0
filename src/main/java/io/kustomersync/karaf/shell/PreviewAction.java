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
    name = "preview",
    description = "Shows the first rows of a table; writes nothing.")
public final class PreviewAction extends KustomerAction {

  @Argument(name = "TABLE", required = true, description = "E.g. customers, kobject_order.")
  @Completion(TableCompleter.class)
  private String table;

  @Option(name = "--rows", description = "How many, 1 to 500; default 10.")
  private int rows = 10;

  @Option(name = "--json", description = "All columns, whole values, as JSON.")
  private boolean json;

  @Override
  List<String> line() {
    return new Line("preview").with("--rows", rows).with("--json", json).of(List.of(table));
  }
}
