package io.kustomersync.cli;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointJson;
import io.kustomersync.connector.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "checkpoint",
    synopsisSubcommandLabel = "(export | import)",
    description = "Moves checkpoints between places, as JSON.")
final class CheckpointCommand implements Runnable {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  CheckpointCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "checkpoint: write export or import FILE");
  }

  @Command(name = "export", description = "Writes all checkpoints as JSON.")
  int exportAll(@Option(names = "--file", description = "Default: standard output.") Path file)
      throws Exception {
    String json;
    int count;
    try (Connector connector = context.connect(context.settings())) {
      List<Checkpoint> checkpoints = connector.state().checkpoints().all();
      count = checkpoints.size();
      json = CheckpointJson.writeAll(checkpoints);
    }
    if (file == null) {
      context.terminal().out().println(json);
      context.terminal().out().flush();
    } else {
      replace(file.toAbsolutePath(), json);
      context.terminal().tell(count + " checkpoints written to " + file);
    }
    return ExitCode.OK;
  }

  @Command(
      name = "import",
      description =
          "Replaces the checkpoints of the tables named in a file that `export` wrote. Stop a"
              + " running `run` first.")
  int importAll(@Parameters(paramLabel = "FILE") Path file) throws Exception {
    List<Checkpoint> checkpoints = CheckpointJson.readAll(Files.readString(file), file.toString());
    try (Connector connector = context.connect(context.settings())) {
      LeaseWait.take(connector.state(), false, context.terminal());
      checkpoints.forEach(connector.state().checkpoints()::replace);
    }
    checkpoints.forEach(
        checkpoint ->
            context
                .terminal()
                .say(
                    checkpoint.table()
                        + ": "
                        + checkpoint.position().map(Object::toString).orElse("imported")));
    return ExitCode.OK;
  }

  /** Whole or not at all: a half-written export would be found out only when needed. */
  private static void replace(Path file, String text) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(aside, text);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
