package io.kustomersync.cli.terminal;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where output goes.
 *
 * @param width cells of a line
 * @param watched whether a person sees {@code err} on a terminal
 */
public record Terminal(PrintWriter out, PrintWriter err, int width, boolean watched) {
  private static final int WIDTH_UNKNOWN = 100;
  private static final int NARROWEST = 20;

  /**
   * The process's own. The start script says with the system property {@code kustomer.sync.watched}
   * whether a person watches, since Java 17 can't ask about one stream.
   */
  public static Terminal ofProcess(Map<String, String> environment) {
    String watched = System.getProperty("kustomer.sync.watched");
    return new Terminal(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        width(environment.getOrDefault("COLUMNS", "")),
        watched == null ? System.console() != null : watched.equals("true"));
  }

  private static int width(String columns) {
    return columns.matches("[1-9]\\d{0,4}")
        ? Math.max(NARROWEST, Integer.parseInt(columns))
        : WIDTH_UNKNOWN;
  }

  /** A line of results; what a terminal would obey is made harmless. */
  public void say(String line) {
    out.println(DisplayText.neutral(line));
    out.flush();
  }

  /** A line of trouble or progress. */
  public void tell(String line) {
    err.println(DisplayText.neutral(line));
    err.flush();
  }

  public void show(TextTable table) {
    List<String> lines = table.lines(width);
    lines.forEach(out::println);
    out.flush();
  }
}
