package io.kustomersync.karaf.shell;

import io.kustomersync.container.LiveConnector;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of the tables that the routes define. */
@Service
public final class TableCompleter implements Completer {

  @Reference private LiveConnector live;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(live.tableNames()).complete(session, line, candidates);
  }
}
