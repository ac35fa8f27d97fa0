package io.kustomersync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process and what it takes, read from {@code /proc} every 20 ms, so on Linux only. Its streams
 * go to a file.
 */
final class Measured implements AutoCloseable {

  private static final Pattern PAUSE = Pattern.compile("(\\d+)M->(\\d+)M\\(");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Linux' USER_HZ, which is 100 wherever Java runs. */
  private static final double TICKS = 100;

  /**
   * @param cpu seconds of the process alone, on all cores
   * @param rss most memory it had, MB
   * @param heap most heap in use before a collection, MB; -1 if no collection was needed
   * @param live most heap in use after a collection, MB
   */
  record Figures(Duration wall, double cpu, double rss, long heap, long live) {
    double seconds() {
      return wall.toMillis() / 1000.0;
    }
  }

  private final Instant begun = Instant.now();
  private final long begin = System.nanoTime();
  private final Process process;
  private final Path stat;
  private final Path status;
  private final Path out;
  private final Path collections;
  private double cpu;
  private double rss;

  /**
   * @param collections where Java was told to log them
   */
  Measured(ProcessBuilder builder, Path folder, Path collections) throws IOException {
    out = folder.resolve("out.txt");
    process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    this.collections = collections;
    stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    status = Path.of("/proc", Long.toString(process.pid()), "status");
  }

  /** What makes Java log its collections there. */
  static String logOption(Path collections) {
    return "-Xlog:gc:file=" + collections + ":uptime";
  }

  Instant begun() {
    return begun;
  }

  boolean alive() {
    return process.isAlive();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  /** CPU seconds so far. */
  double cpu() {
    look();
    return cpu;
  }

  /** MB, most so far. */
  double rss() {
    look();
    return rss;
  }

  private void look() {
    try {
      String line = Files.readString(stat);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      cpu = Math.max(cpu, (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS);
      Matcher peak = PEAK.matcher(Files.readString(status));
      if (peak.find()) {
        rss = Math.max(rss, Long.parseLong(peak.group(1)) / 1024.0);
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      // it has just ended
    }
  }

  /**
   * Waits for its end.
   *
   * @throws IOException when it fails
   */
  Figures await() throws IOException, InterruptedException {
    while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      look();
    }
    Duration wall = Duration.ofNanos(System.nanoTime() - begin);
    if (process.exitValue() != 0) {
      throw new IOException("ended with " + process.exitValue() + ":\n" + out());
    }
    return figures(wall);
  }

  Figures figures(Duration wall) throws IOException {
    long heap = -1;
    long live = -1;
    for (String line : collections()) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        heap = Math.max(heap, Long.parseLong(pause.group(1)));
        live = Math.max(live, Long.parseLong(pause.group(2)));
      }
    }
    return new Figures(wall, cpu, rss, heap, live);
  }

  private List<String> collections() throws IOException {
    return Files.exists(collections) ? Files.readAllLines(collections) : new ArrayList<>();
  }

  /** Lets it end in order. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
