package io.kustomersync.bench;

import io.kustomersync.bench.KustomerProcess.Stock;
import io.kustomersync.bench.Measured.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a record costs the connector as there are more of them: CPU between two moments of one long
 * load, so that the start of the process is not in it. The pages are made as they are asked for.
 */
final class Growth {

  /**
   * @param part of the records asked for: one in so many
   */
  private record Shape(Stock stock, int part) {}

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "messages", new Shape(new Stock("messages", 0), 1),
          "10 columns", new Shape(new Stock("companies", 0), 1),
          "400 columns", new Shape(new Stock("customers", 0, 0, 345, false), 5),
          // nearly a file a record
          "1000 classes", new Shape(new Stock("kobjects", 0, 1_000, 0, false), 20));

  private final Path folder;
  private final String heap;

  /**
   * @param heap as {@code -Xmx} takes it
   */
  Growth(Path folder, String heap) {
    this.folder = folder;
    this.heap = heap;
  }

  /**
   * @param name one of the shapes above
   * @param most records; wide ones are fewer
   * @return microseconds of CPU a record, at so many records
   */
  Plot.Line run(String name, int most, String target) throws Exception {
    Shape shape = SHAPES.get(name);
    int records = most / shape.part();
    Stock like = shape.stock();
    Stock stock = new Stock(like.kind(), records, like.klasses(), like.moreFields(), false);
    List<Plot.Point> points = new ArrayList<>();
    try (KustomerProcess kustomer = KustomerProcess.start(stock);
        Place place = new Place(target, folder.resolve("growth"))) {
      Path run = place.next();
      ConnectorRun connector =
          place.set(new ConnectorRun(kustomer, stock.kind(), run), run).java("-Xmx" + heap);
      long begin = System.nanoTime();
      try (Measured measured = connector.start("sync")) {
        points.addAll(watch(kustomer, measured, records));
        Figures figures = measured.await();
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %,d | %.0f | %.1f | %d | %d | %.0f | %s |%n",
            name,
            target,
            records,
            records * 1e9 / (System.nanoTime() - begin),
            figures.cpu() * 1e6 / records,
            figures.heap(),
            figures.live(),
            figures.rss(),
            points.stream()
                .map(p -> String.format(Locale.ROOT, "%,d: %.0f", p.records(), p.cost()))
                .toList());
      }
    }
    return new Plot.Line(name + ", " + target, points);
  }

  void head() {
    System.out.printf(
        "Growth, -Xmx%s, pages made as they are asked for (so wall time is"
            + " Kustomer's too).%n%n"
            + "| records | sink | how many | records/s | CPU s per million | heap MB | heap after"
            + " collection MB | RSS MB | CPU µs a record, at so many records |%n"
            + "|---|---|---|---|---|---|---|---|---|%n",
        heap);
  }

  private static List<Plot.Point> watch(KustomerProcess kustomer, Measured measured, int records)
      throws IOException, InterruptedException {
    List<Plot.Point> points = new ArrayList<>();
    long lastRecords = 0;
    double lastCpu = 0;
    double next = 10_000;
    while (measured.alive()) {
      Thread.sleep(50);
      long seen = kustomer.countOfCalls() * 499;
      double cpu = measured.cpu();
      if (seen >= next && seen <= records) {
        if (lastRecords > 0) {
          points.add(new Plot.Point(seen, (cpu - lastCpu) * 1e6 / (seen - lastRecords)));
        }
        lastRecords = seen;
        lastCpu = cpu;
        next = seen * 1.6;
      }
    }
    return points;
  }

  /** A line that {@link #run} printed. */
  static Plot.Line told(String line) {
    String[] cells = line.split("\\|");
    List<Plot.Point> points =
        Pattern.compile("([0-9,]+): ([0-9]+)")
            .matcher(line)
            .results()
            .map(
                point ->
                    new Plot.Point(
                        Long.parseLong(point.group(1).replace(",", "")),
                        Double.parseDouble(point.group(2))))
            .toList();
    return new Plot.Line(cells[1].strip() + ", " + cells[2].strip(), points);
  }

  static void plot(List<Plot.Line> lines, Path file) throws IOException {
    Files.writeString(
        file, new Plot("CPU of the connector per record, by records already read", lines).svg());
    System.out.println("\nplot: " + file);
  }
}
