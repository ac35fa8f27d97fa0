package io.kustomersync.cli;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.CamelConnector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.connector.FailureText;
import io.kustomersync.connector.UsageException;
import io.kustomersync.settings.SettingsException;
import io.kustomersync.settings.SettingsReader;
import io.kustomersync.settings.Suggestion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: what all commands share, and {@link #main}. */
@Command(
    name = "kustomer-sync",
    description = "Keeps your Kustomer data in your own database, files or queue.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = KustomerSync.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all done",
      "1:a table failed, or a check did",
      "2:the command or the settings are wrong"
    },
    footer = {
      "",
      "Examples:",
      "  kustomer-sync demo                    (needs no account)",
      "  export KUSTOMER_API_TOKEN=…",
      "  kustomer-sync check",
      "  kustomer-sync preview customers",
      "  kustomer-sync sync --set kustomer.start-date=2024-01-01",
      "  kustomer-sync run --set kustomer.schedule=5m"
    })
public final class KustomerSync {
  /** Read by log4j2.properties. */
  private static final String LOG_LEVEL = "kustomer.sync.log";

  /**
   * What is worth a log line: beside a table or a progress bar only trouble, and not even that
   * where the command itself says what went wrong.
   */
  private static final Map<String, String> LEVELS =
      Map.of(
          "run",
          "INFO",
          "check",
          "ERROR",
          "discover",
          "ERROR",
          "preview",
          "ERROR",
          "verify-sink",
          "OFF");

  @Option(
      names = "--set",
      paramLabel = "key=value",
      scope = ScopeType.INHERIT,
      description = "Overrides a setting of application.properties; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Shows where in the program an error came from.")
  private boolean stacktrace;

  private final Terminal terminal;
  private final CommandContext context;

  KustomerSync(
      Path home,
      Map<String, String> environment,
      Clock clock,
      Terminal terminal,
      ConnectorFactory connectors) {
    this(
        home,
        warnings -> new SettingsReader(home, environment, clock, warnings),
        clock,
        terminal,
        connectors,
        true);
  }

  /**
   * @param readers gives what reads the settings and tells its warnings there
   * @param ownsProcess whether signals to the process are for us; in a container they are not
   */
  public KustomerSync(
      Path home,
      Function<Consumer<String>, SettingsReader> readers,
      Clock clock,
      Terminal terminal,
      ConnectorFactory connectors,
      boolean ownsProcess) {
    this.terminal = terminal;
    this.context =
        new CommandContext(home, readers, () -> sets, clock, terminal, connectors, ownsProcess);
  }

  public static void main(String[] arguments) {
    // H2's AUTO_SERVER lets other processes in; from this host only. Read when H2 loads.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    // Rows are not alike: looking each value up among those seen lately only costs.
    System.setProperty("h2.objectCache", "false");
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofProcess(environment);
    Path home = Path.of(System.getProperty("kustomer.home", "")).toAbsolutePath().normalize();
    System.exit(
        new KustomerSync(home, environment, Clock.systemUTC(), terminal, CamelConnector::start)
            .execute(arguments));
  }

  /**
   * @return the exit code
   */
  public int execute(String... arguments) {
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new CheckCommand(context))
            .addSubcommand(new DiscoverCommand(context))
            .addSubcommand(new PreviewCommand(context))
            .addSubcommand(new SyncCommand(context))
            .addSubcommand(new RunCommand(context))
            .addSubcommand(new StatusCommand(context))
            .addSubcommand(new AuditCommand(context))
            .addSubcommand(new ResetCommand(context))
            .addSubcommand(new CheckpointCommand(context))
            .addSubcommand(new QuarantineCommand(context))
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new SandboxCommand(context))
            .addSubcommand(new VerifySinkCommand(context))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setUsageHelpWidth(Math.max(80, Math.min(terminal.width(), 110)))
            .setExecutionStrategy(KustomerSync::executeQuietly)
            .setParameterExceptionHandler(this::usageError)
            .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    return line.execute(arguments);
  }

  /**
   * Sets how much is logged, before any class can begin to log; a level given to Java by -D stands.
   */
  private static int executeQuietly(CommandLine.ParseResult parsed) {
    String command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "";
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, LEVELS.getOrDefault(command, "WARN"));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int usageError(CommandLine.ParameterException failure, String[] arguments) {
    terminal.tell(failure.getMessage());
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> commands = List.copyOf(failure.getCommandLine().getSubcommands().keySet());
      Suggestion.nearest(unmatched.getUnmatched().get(0), commands)
          .ifPresent(command -> terminal.tell("Did you mean " + command + "?"));
    }
    terminal.tell("See " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG;
  }

  private int report(Exception failure) {
    if (stacktrace) {
      java.io.StringWriter trace = new java.io.StringWriter();
      failure.printStackTrace(new java.io.PrintWriter(trace, true));
      context.redacted(trace.toString()).lines().forEach(terminal::tell);
    }
    FailureText.lines(failure).forEach(line -> terminal.tell(context.redacted(line)));
    boolean wrong = failure instanceof SettingsException || failure instanceof UsageException;
    return wrong ? ExitCode.WRONG : ExitCode.FAILED;
  }

  /** From the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = KustomerSync.class.getPackage().getImplementationVersion();
      return new String[] {"kustomer-sync " + (version == null ? "(from source)" : version)};
    }
  }
}
