package io.kustomersync.verify;

import io.kustomersync.verify.Store.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How what is stored differs from what should be.
 *
 * @param lost rows and lines that are missing
 * @param extra rows and lines that are too many
 */
record Difference(long lost, long extra) {

  /** Names that say of themselves that the file is none to be read. */
  private static final Pattern ASIDE =
      Pattern.compile(
          "(?i)(.*/)?(\\..*|.*~|.*[.-](tmp|temp|part|partial|inprogress|swp)([.-].*)?)");

  /**
   * @param exact whether an undisturbed sink stores the same each time; if not, only counts are
   *     compared
   */
  static Difference of(Snapshot expected, Snapshot found, boolean exact) {
    List<String> should = lines(expected);
    List<String> is = lines(found);
    if (!exact) {
      return new Difference(
          Math.max(0, should.size() - is.size()), Math.max(0, is.size() - should.size()));
    }
    Map<String, Integer> counts = new HashMap<>();
    should.forEach(line -> counts.merge(line, 1, Integer::sum));
    is.forEach(line -> counts.merge(line, -1, Integer::sum));
    long lost = 0;
    long extra = 0;
    for (int count : counts.values()) {
      lost += Math.max(0, count);
      extra += Math.max(0, -count);
    }
    return new Difference(lost, extra);
  }

  static boolean isAside(String file) {
    return ASIDE.matcher(file).matches();
  }

  boolean none() {
    return lost == 0 && extra == 0;
  }

  private static List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    snapshot.tables().forEach((table, rows) -> rows.forEach(row -> lines.add(table + ' ' + row)));
    snapshot
        .files()
        .forEach(
            (file, content) -> {
              if (!isAside(file)) {
                content.forEach(line -> lines.add(file + ' ' + line));
              }
            });
    return lines;
  }
}
