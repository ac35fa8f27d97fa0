package io.kustomersync.cli;

import io.kustomersync.connector.UsageException;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sandbox",
    sortOptions = false,
    description = {
      "Starts a Kustomer with made-up data on this host, to try this program or your own sinks"
          + " against without an account. Runs until Ctrl-C."
    })
final class SandboxCommand implements Callable<Integer> {
  private static final String TOKEN = "sandbox-token";
  private static final int MOST = 10_000_000;

  private final CommandContext context;

  @Option(names = "--port", paramLabel = "N", description = "Default: any free one.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Same seed, same data; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--customers", paramLabel = "N", defaultValue = "2000", description = COUNT)
  private int customers;

  @Option(names = "--conversations", paramLabel = "N", defaultValue = "5000", description = COUNT)
  private int conversations;

  @Option(names = "--messages", paramLabel = "N", defaultValue = "12000", description = COUNT)
  private int messages;

  @Option(names = "--notes", paramLabel = "N", defaultValue = "1000", description = COUNT)
  private int notes;

  @Option(names = "--companies", paramLabel = "N", defaultValue = "200", description = COUNT)
  private int companies;

  @Option(
      names = "--kobjects",
      paramLabel = "N",
      defaultValue = "1500",
      description = "Of three classes together; default ${DEFAULT-VALUE}.")
  private int kobjects;

  @Option(
      names = "--mutations",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many records change before each call is answered; default 0.")
  private int mutations;

  @Option(
      names = "--quirk",
      paramLabel = "NAME",
      description = {
        "What Kustomer's documentation leaves open, done the other way; may be repeated:",
        "${COMPLETION-CANDIDATES}."
      })
  private List<Quirk> quirks = List.of();

  private static final String COUNT = "How many there are; default ${DEFAULT-VALUE}.";

  SandboxCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (SandboxKustomer sandbox = SandboxKustomer.start(options())) {
      tell(sandbox.url());
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }

  private SandboxOptions options() {
    int objects = between("--kobjects", kobjects, MOST);
    int orders = objects * 2 / 3;
    int returns = objects / 15;
    return SandboxOptions.demo()
        .port(between("--port", port, 65_535))
        .seed(seed)
        .count("customers", between("--customers", customers, MOST))
        .count("conversations", between("--conversations", conversations, MOST))
        .count("messages", between("--messages", messages, MOST))
        .count("notes", between("--notes", notes, MOST))
        .count("companies", between("--companies", companies, MOST))
        .klasses(
            Klass.of("order", "enabled", orders),
            Klass.of("shopify-order", "enabled", objects - orders - returns),
            Klass.of("loop_return", "existing_only", returns))
        .mutationsPerRequest(between("--mutations", mutations, 1_000))
        .with(quirks.toArray(Quirk[]::new));
  }

  private static int between(String option, int value, int most) {
    if (value < 0 || value > most) {
      throw new UsageException(option + " " + value + " is outside 0.." + most);
    }
    return value;
  }

  private void tell(String url) {
    List.of(
            "The sandbox answers at " + url + " to the API key " + TOKEN + ".",
            "In another terminal:",
            "  export KUSTOMER_API_TOKEN=" + TOKEN,
            "  kustomer-sync sync --set kustomer.url="
                + url
                + " --set kustomer.start-date=2017-01-25",
            "Change its data while that runs, and see what it was asked:",
            "  curl " + url + "/sandbox/update -d '{\"kind\":\"customers\",\"n\":10}'",
            "  curl " + url + "/sandbox/stats",
            "Stop with Ctrl-C.")
        .forEach(context.terminal()::say);
  }
}
