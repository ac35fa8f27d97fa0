package io.kustomersync.bench;

import java.util.List;
import java.util.Locale;

/** Lines over a logarithmic axis, as a picture in SVG. */
record Plot(String title, List<Line> lines) {

  /** Cost in microseconds. */
  record Point(long records, double cost) {}

  /** One line. */
  record Line(String name, List<Point> points) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 190;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final String[] COLOURS = {"#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b9770e"};

  String svg() {
    double most =
        lines.stream()
            .flatMap(line -> line.points.stream())
            .mapToDouble(Point::cost)
            .max()
            .orElse(1);
    double top = Math.pow(10, Math.ceil(Math.log10(most)));
    while (top / 2 > most) {
      top /= 2;
    }
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>",
        WIDTH,
        HEIGHT);
    add(svg, "<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
    add(svg, "<text x='%d' y='24' font-size='15'>%s</text>", LEFT, title);
    for (int power = 4; power <= 7; power++) {
      double x = x(Math.pow(10, power));
      if (x <= WIDTH - RIGHT) {
        add(svg, "<path d='M%.1f %dV%d' stroke='#ddd'/>", x, TOP, HEIGHT - BOTTOM);
        String label = String.format(Locale.ROOT, "%,d", (long) Math.pow(10, power));
        add(
            svg,
            "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
            x,
            HEIGHT - BOTTOM + 18,
            label);
      }
    }
    for (int step = 0; step <= 4; step++) {
      double cost = top * step / 4;
      add(svg, "<path d='M%d %.1fH%d' stroke='#ddd'/>", LEFT, y(cost, top), WIDTH - RIGHT);
      add(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%.0f µs</text>",
          LEFT - 6,
          y(cost, top) + 4,
          cost);
    }
    add(svg, "<text x='%d' y='%d'>records read</text>", LEFT, HEIGHT - 12);
    for (int i = 0; i < lines.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      StringBuilder path = new StringBuilder();
      for (Point point : lines.get(i).points) {
        path.append(path.isEmpty() ? 'M' : 'L');
        path.append(String.format(Locale.ROOT, "%.1f %.1f", x(point.records), y(point.cost, top)));
      }
      add(svg, "<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, colour);
      int y = TOP + 14 + i * 20;
      add(svg, "<path d='M%d %dh18' stroke='%s' stroke-width='2'/>", WIDTH - RIGHT + 12, y, colour);
      add(svg, "<text x='%d' y='%d'>%s</text>", WIDTH - RIGHT + 36, y + 4, lines.get(i).name);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static double x(double records) {
    double share = (Math.log10(records) - 4) / (Math.log10(6e6) - 4);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double cost, double top) {
    return HEIGHT - BOTTOM - cost / top * (HEIGHT - TOP - BOTTOM);
  }
}
