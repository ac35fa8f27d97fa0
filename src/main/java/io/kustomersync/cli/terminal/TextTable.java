package io.kustomersync.cli.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in aligned columns that never wrap. If not all columns fit, those of the lowest rank are
 * shown, in their order, and a last line tells how many are hidden.
 *
 * @param rows one text per heading each; anything a terminal would obey is made harmless
 */
public record TextTable(List<Heading> headings, List<List<String>> rows) {

  /** How wide a column may get while others want the place. */
  private static final int WIDEST = 60;

  /** Below this a column is not shown at all: wide enough for an id or a time of day and date. */
  private static final int LEAST = 24;

  /** The same for columns of rank 0, which are cut rather than hidden. */
  private static final int LEAST_OF_FIRST = 12;

  private static final String GAP = "  ";

  /**
   * @param right whether values stand at the right, as numbers should
   * @param rank 0 for what tells most
   */
  public record Heading(String name, boolean right, int rank) {
    public static Heading text(String name) {
      return new Heading(name, false, 0);
    }

    public static Heading number(String name) {
      return new Heading(name, true, 0);
    }
  }

  public TextTable {
    headings =
        headings.stream()
            .map(h -> new Heading(DisplayText.neutral(h.name()), h.right(), h.rank()))
            .toList();
    rows = rows.stream().map(row -> row.stream().map(DisplayText::neutral).toList()).toList();
  }

  /**
   * @param width cells of the terminal
   * @return lines without trailing blanks, none wider than {@code width}
   */
  public List<String> lines(int width) {
    int[] wanted = IntStream.range(0, headings.size()).map(this::wanted).toArray();
    List<Integer> shown = choose(wanted, width);
    int[] widths = share(wanted, shown, width);
    List<String> lines = new ArrayList<>();
    lines.add(line(headings.stream().map(Heading::name).toList(), shown, widths));
    lines.add(line(IntStream.of(widths).mapToObj("─"::repeat).toList(), shown, widths));
    rows.forEach(row -> lines.add(line(row, shown, widths)));
    int hidden = headings.size() - shown.size();
    if (hidden > 0) {
      lines.add(
          DisplayText.fit("(" + hidden + (hidden == 1 ? " column" : " columns") + " more)", width));
    }
    return lines;
  }

  private int wanted(int column) {
    int widest = rows.stream().mapToInt(row -> DisplayText.width(row.get(column))).max().orElse(0);
    return Math.max(1, Math.max(widest, DisplayText.width(headings.get(column).name())));
  }

  private int least(int[] wanted, int column) {
    return Math.min(wanted[column], headings.get(column).rank() == 0 ? LEAST_OF_FIRST : LEAST);
  }

  /** As many as fit at their least width, by rank; at least one. */
  private List<Integer> choose(int[] wanted, int width) {
    List<Integer> byRank =
        IntStream.range(0, headings.size())
            .boxed()
            .sorted(Comparator.comparingInt(column -> headings.get(column).rank()))
            .toList();
    List<Integer> shown = new ArrayList<>();
    int used = -GAP.length();
    for (int column : byRank) {
      used += GAP.length() + least(wanted, column);
      if (used > width && !shown.isEmpty()) {
        break;
      }
      shown.add(column);
    }
    shown.sort(Comparator.naturalOrder());
    return shown;
  }

  /** Least widths first; what is left goes cell by cell to those who want more. */
  private int[] share(int[] wanted, List<Integer> shown, int width) {
    int[] widths = new int[wanted.length];
    int left = width - GAP.length() * (shown.size() - 1);
    for (int column : shown) {
      widths[column] = Math.max(1, Math.min(least(wanted, column), left));
      left -= widths[column];
    }
    int limit = shown.size() == 1 ? Integer.MAX_VALUE : WIDEST;
    boolean given = true;
    while (left > 0 && given) {
      given = false;
      for (int column : shown) {
        if (left > 0 && widths[column] < Math.min(wanted[column], limit)) {
          widths[column]++;
          left--;
          given = true;
        }
      }
    }
    return widths;
  }

  private String line(List<String> cells, List<Integer> shown, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column : shown) {
      String text = DisplayText.fit(cells.get(column), widths[column]);
      String blanks = " ".repeat(Math.max(0, widths[column] - DisplayText.width(text)));
      line.append(line.isEmpty() ? "" : GAP);
      line.append(headings.get(column).right() ? blanks + text : text + blanks);
    }
    return line.toString().stripTrailing();
  }
}
