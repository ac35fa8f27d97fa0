package io.kustomersync.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench/run}: prints tables as docs/evidence/performance.md has them. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures the built distribution; Linux only.")
public final class Benchmark implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      description =
          "load, start, idle, fresh, memory, growth, steps; by default load. plot makes"
              + " docs/evidence/growth.svg of the lines of memory and growth in docs/evidence/growth.txt.")
  private List<String> parts = List.of("load");

  @Option(names = "--records", defaultValue = "200000", description = "${DEFAULT-VALUE}")
  private int records;

  @Option(names = "--rounds", defaultValue = "3", description = "${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--sinks", defaultValue = "postgresql,h2,jsonl", description = "${DEFAULT-VALUE}")
  private String sinks;

  @Option(
      names = "--shapes",
      split = ",",
      defaultValue = "messages,10 columns,400 columns,1000 classes",
      description = "Of growth: ${DEFAULT-VALUE}")
  private List<String> shapes;

  @Option(
      names = "--heap",
      defaultValue = "128m",
      description = "Of memory and growth: ${DEFAULT-VALUE}")
  private String heap;

  @Option(names = "--minutes", defaultValue = "5", description = "Of idle: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(names = "--changes", defaultValue = "40", description = "Of fresh: ${DEFAULT-VALUE}")
  private int changes;

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
        case "steps" -> HotSteps.run();
        case "start" -> Start.run(place);
        case "idle" -> new Standing(place).idle(minutes);
        case "fresh" -> new Standing(place).fresh(changes);
        case "memory" -> {
          Growth growth = new Growth(place, heap);
          growth.head();
          growth.run("messages", records, targets.get(0));
        }
        case "growth" -> {
          Growth growth = new Growth(place, heap);
          growth.head();
          List<Plot.Line> lines = new ArrayList<>();
          for (String name : shapes) {
            lines.add(growth.run(name, records, targets.get(0)));
          }
          Growth.plot(lines, place.resolve("growth.svg"));
        }
        case "plot" ->
            Growth.plot(
                Files.readAllLines(Path.of("docs/evidence/growth.txt")).stream()
                    .map(Growth::told)
                    .toList(),
                Path.of("docs/evidence/growth.svg"));
        default -> throw new IllegalArgumentException(part);
      }
    }
    return 0;
  }
}
