package io.kustomersync.karaf.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@Service
@Command(scope = "kustomer", name = "status", description = "Shows how far each table is.")
public final class StatusAction extends KustomerAction {

  @Option(name = "--json", description = "As JSON.")
  private boolean json;

  @Override
  List<String> line() {
    return new Line("status").with("--json", json).of(List.of());
  }
}
