package io.kustomersync.bench;

import io.kustomersync.bench.KustomerProcess.Calls;
import io.kustomersync.bench.KustomerProcess.Stock;
import io.kustomersync.bench.Measured.Figures;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A full load, the connector beside the reference, in turns. */
final class Load {

  private static final String TABLE = "messages";

  /** One run. */
  record Run(Figures figures, Calls calls, long rows) {
    double rate(int records) {
      return records / figures.seconds();
    }

    double cpu(int records) {
      return figures.cpu() * 1e6 / records;
    }
  }

  private final int records;
  private final int rounds;
  private final Path folder;

  Load(int records, int rounds, Path folder) {
    this.records = records;
    this.rounds = rounds;
    this.folder = folder;
  }

  void run(List<String> targets) throws Exception {
    try (KustomerProcess kustomer = KustomerProcess.start(new Stock(TABLE, records))) {
      for (String target : targets) {
        try (Place place = new Place(target, folder.resolve(target))) {
          run(kustomer, place);
        }
      }
    }
  }

  private void run(KustomerProcess kustomer, Place place) throws Exception {
    // Not measured: has the pages made, and tells the columns that the reference is to fill.
    Path first = place.next();
    connector(kustomer, place, first);
    Path columns =
        Files.writeString(folder.resolve("columns"), columns(place.schema(first, TABLE)));
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      theirs.add(told("reference", place, reference(kustomer, place, place.next(), columns)));
      ours.add(told("connector", place, connector(kustomer, place, place.next())));
    }
    Run our = median(ours);
    Run their = median(theirs);
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | **%.2f** | %.1f | %.1f | %.2f | %d | %.0f | %.0f | %.4f |%n",
        place.target(),
        our.rate(records),
        their.rate(records),
        our.rate(records) / their.rate(records),
        our.cpu(records),
        their.cpu(records),
        their.cpu(records) / our.cpu(records),
        our.figures.heap(),
        our.figures.rss(),
        their.figures.rss(),
        our.calls.count() / Math.ceil(records / 499.0));
  }

  static void head(int records, int rounds) {
    System.out.printf(
        Locale.ROOT,
        "Full load of %,d records, pages of 500, whole processes from start to end, median of %d"
            + " rounds in turns. CPU is that of the program alone, without server and Kustomer.%n%n"
            + "| sink | records/s | reference, records/s | ratio | CPU s per million |"
            + " reference, CPU s | CPU ratio | heap MB | RSS MB | reference, RSS MB |"
            + " calls ÷ records/499 |%n|---|---|---|---|---|---|---|---|---|---|---|%n",
        records,
        rounds);
  }

  private Run told(String who, Place place, Run run) throws IOException {
    if (run.rows != records) {
      throw new IOException(who + " left " + run.rows + " rows of " + records);
    }
    if (run.calls.made() != 0) {
      throw new IOException(who + " asked for " + run.calls.made() + " pages not made before");
    }
    System.err.printf(
        Locale.ROOT,
        "%s %s: %.2f s, %,.0f records/s, %.2f s CPU, heap %d MB, RSS %.0f MB, %d calls%n",
        place.target(),
        who,
        run.figures.seconds(),
        run.rate(records),
        run.figures.cpu(),
        run.figures.heap(),
        run.figures.rss(),
        run.calls.count());
    return run;
  }

  private Run connector(KustomerProcess kustomer, Place place, Path run) throws Exception {
    kustomer.calls();
    ConnectorRun connector = place.set(new ConnectorRun(kustomer, TABLE, run), run);
    try (Measured measured = connector.start("sync")) {
      Figures figures = measured.await();
      return new Run(figures, kustomer.calls(), place.rows(run, TABLE, false));
    }
  }

  private Run reference(KustomerProcess kustomer, Place place, Path run, Path columns)
      throws Exception {
    kustomer.calls();
    Path collections = run.resolve("gc.log");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Dh2.objectCache=false",
            Measured.logOption(collections)));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Reference.class.getName()));
    line.addAll(List.of(kustomer.url(), "message", kustomer.from().toString()));
    line.addAll(List.of(columns.toString(), place.target(), place.reference(run)));
    try (Measured measured =
        new Measured(new ProcessBuilder(line).directory(run.toFile()), run, collections)) {
      Figures figures = measured.await();
      Calls calls = kustomer.calls();
      // a file of each page holds the boundary's record again
      long rows = place.rows(run, TABLE, true);
      long again = place.target().equals("jsonl") ? calls.count() - 1 : 0;
      return new Run(figures, calls, rows - again);
    }
  }

  private static String columns(TableSchema schema) {
    return schema.columns().stream()
        .map((Column column) -> column.source() + "\t" + column.name() + "\t" + column.type())
        .collect(Collectors.joining("\n"));
  }

  private static Run median(List<Run> runs) {
    List<Run> sorted =
        runs.stream().sorted(Comparator.comparing(run -> run.figures.wall())).toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
