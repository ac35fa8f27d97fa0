package io.kustomersync.cli;

import io.kustomersync.route.SinkPasswords;
import io.kustomersync.settings.RouteFiles;
import io.kustomersync.settings.Secret;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SinkOptionsReader;
import io.kustomersync.verify.Finding;
import io.kustomersync.verify.SinkVerifier;
import io.kustomersync.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify-sink",
    description =
        "Tells whether a sink keeps what sinks promise: made-up rows, replays, disorder, failures"
            + " at every step and kills, in an empty database and folder of its own.")
final class VerifySinkCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "NAME", description = "A file routes/sinks/NAME.camel.yaml.")
  private String name;

  @Option(
      names = "--send",
      description =
          "Sends to the real queues and servers that the sink names, for a test environment; else"
              + " stand-ins take their place. Its rows have the table kustomer_sync_verify.")
  private boolean send;

  @Option(
      names = "--setup",
      paramLabel = "FILE",
      description = "SQL for the empty H2 database: tables that the sink expects to be there.")
  private Path setup;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often a process with the sink is killed at a random moment, besides each step and its"
              + " return (default: ${DEFAULT-VALUE}); 0 leaves all kills out.")
  private int kills;

  VerifySinkCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = context.settings();
    Verdict verdict =
        new SinkVerifier(
                name,
                new RouteFiles(settings.routes()).ofSink(name),
                properties(settings),
                passwords(settings),
                send,
                statements(),
                kills)
            .verify();
    verdict.passed().forEach(line -> context.terminal().say("ok       " + line));
    for (Finding finding : verdict.findings()) {
      context.terminal().say("broken   " + context.redacted(finding.what()));
      context.terminal().say("  mend   " + finding.mend());
    }
    verdict.notes().forEach(line -> context.terminal().say("note     " + context.redacted(line)));
    context
        .terminal()
        .say(name + (verdict.safe() ? " is safe" : " is not safe: mend it and verify it again"));
    return verdict.safe() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Map<String, String> properties(Settings settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("kustomer.url", settings.connection().url().toString());
    properties.put("kustomer.resource", settings.connection().resource());
    properties.put("kustomer.schedule", settings.reading().schedule().expression());
    settings.sinks().options().forEach(properties::put);
    // Relative to a folder of the check's own, which stands in for the user's.
    properties.keySet().removeIf(key -> key.endsWith(".folder"));
    properties.putAll(settings.camel().properties());
    return properties;
  }

  private static SinkPasswords passwords(Settings settings) {
    return (sink, option) ->
        Optional.ofNullable(
                settings
                    .sinks()
                    .options()
                    .passwords()
                    .get(SinkOptionsReader.KEY + sink + "." + option))
            .map(Secret::value);
  }

  private List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>();
    if (setup != null) {
      for (String statement : Files.readString(setup).split(";\\s*(\\R|\\z)")) {
        if (!statement.isBlank()) {
          statements.add(statement);
        }
      }
    }
    return statements;
  }
}
