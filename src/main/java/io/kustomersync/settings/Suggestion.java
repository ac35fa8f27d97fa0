package io.kustomersync.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What someone likely meant who wrote a name that is not known. */
public final class Suggestion {
  /** All names begin with {@code kustomer.}, which says nothing about nearness. */
  private static final int PREFIX = 9;

  private Suggestion() {}

  /** The known name that is likely meant, if any is near: few letters differ, or it ends so. */
  public static Optional<String> nearest(String wrong, List<String> known) {
    String word = wrong.substring(Math.max(wrong.lastIndexOf('.'), wrong.lastIndexOf('_')) + 1);
    return known.stream()
        .min(Comparator.comparingInt(key -> distance(wrong, key)))
        .filter(key -> distance(wrong, key) <= Math.max(2, (key.length() - PREFIX) / 3))
        .or(
            () ->
                known.stream().filter(key -> word.length() > 3 && key.endsWith(word)).findFirst());
  }

  /** Levenshtein's: insertions, deletions and replacements, case apart. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
