package io.kustomersync.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code 850 ms}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
final class HumanDuration {
  private HumanDuration() {}

  static String of(Duration duration) {
    if (duration.isNegative()) {
      return "0 s";
    }
    if (duration.toSeconds() == 0) {
      return duration.toMillis() + " ms";
    }
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), "d");
    add(parts, duration.toHoursPart(), "h");
    add(parts, duration.toMinutesPart(), "min");
    add(parts, duration.toSecondsPart(), "s");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void add(List<String> parts, long value, String unit) {
    if (value > 0) {
      parts.add(value + " " + unit);
    }
  }
}
