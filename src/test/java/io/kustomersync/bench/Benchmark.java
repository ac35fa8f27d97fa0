package io.kustomersync.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench/run}: prints tables as docs/performance.md has them. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures the built distribution; Linux only.",
    subcommands = {})
public final class Benchmark implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      description = "load, memory, start, idle, fresh, growth; by default load.")
  private List<String> parts = List.of("load");

  @Option(names = "--records", defaultValue = "200000", description = "${DEFAULT-VALUE}")
  private int records;

  @Option(names = "--rounds", defaultValue = "3", description = "${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--sinks", defaultValue = "postgresql,h2,jsonl", description = "${DEFAULT-VALUE}")
  private String sinks;

  @Option(
      names = "--folder",
      defaultValue = "target/bench",
      description = "For the data, removed afterwards: ${DEFAULT-VALUE}")
  private Path folder;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path place = Files.createDirectories(folder.toAbsolutePath());
    List<String> targets = Arrays.asList(sinks.split(","));
    for (String part : parts) {
      switch (part) {
        case "load" -> {
          Load.head(records, rounds);
          new Load(records, rounds, place).run(targets);
        }
        default -> throw new IllegalArgumentException(part);
      }
    }
    return 0;
  }
}
