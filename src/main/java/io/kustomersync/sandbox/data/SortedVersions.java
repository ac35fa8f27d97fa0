package io.kustomersync.sandbox.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Versions in order of {@code updatedAt}, then ordinal. Insertion moves the tail of an array:
 * writes mostly come in order of time, so there is mostly no tail. Not thread-safe.
 */
final class SortedVersions {
  static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::updatedAt).thenComparingInt(Version::ordinal);

  private final ArrayList<Version> versions = new ArrayList<>();

  void add(Version version) {
    versions.add(firstNotBefore(version.updatedAt(), version.ordinal()), version);
  }

  void remove(Version version) {
    int at = firstNotBefore(version.updatedAt(), version.ordinal());
    if (at < versions.size() && versions.get(at).equals(version)) {
      versions.remove(at);
    }
  }

  /** Those with {@code from <= updatedAt < to}; a view. */
  List<Version> range(long from, long to) {
    int first = firstNotBefore(from, -1);
    return versions.subList(first, Math.max(first, firstNotBefore(to, -1)));
  }

  private int firstNotBefore(long time, int ordinal) {
    int low = 0;
    int high = versions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Version version = versions.get(middle);
      if (version.updatedAt() < time
          || (version.updatedAt() == time && version.ordinal() < ordinal)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
