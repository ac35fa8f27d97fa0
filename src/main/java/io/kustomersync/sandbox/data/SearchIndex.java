package io.kustomersync.sandbox.data;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.IntFunction;

/**
 * What search sees of one kind: the records of the start by ordinal, less those since written, plus
 * the written ones in order of time. A write waits until its lag is over. Not thread-safe.
 */
public final class SearchIndex {
  /** Part of an index within a time range. Both iterators are lazy. */
  public interface Run {
    int size();

    Iterator<Version> iterator(boolean descending);
  }

  private record Pending(long visibleAt, Version version) {}

  private final Timeline timeline;
  private final IntFunction<Version> original;
  private final boolean keepsDeleted;
  private final MarkedSlots rewritten = new MarkedSlots();
  private final SortedVersions live = new SortedVersions();
  private final SortedVersions deleted = new SortedVersions();
  private final Map<Integer, Version> written = new HashMap<>();
  private final Queue<Pending> pending = new ArrayDeque<>();

  SearchIndex(Timeline timeline, IntFunction<Version> original, boolean keepsDeleted) {
    this.timeline = timeline;
    this.original = original;
    this.keepsDeleted = keepsDeleted;
  }

  boolean keepsDeleted() {
    return keepsDeleted;
  }

  void write(Version version, long visibleAt) {
    pending.add(new Pending(visibleAt, version));
  }

  /** Takes in the writes whose lag is over. */
  public void catchUp(long now) {
    while (!pending.isEmpty() && pending.peek().visibleAt() <= now) {
      apply(pending.remove().version());
    }
  }

  private void apply(Version version) {
    Version before = written.remove(version.ordinal());
    if (before != null) {
      (before.deleted() ? deleted : live).remove(before);
    } else if (version.ordinal() < timeline.size()) {
      rewritten.mark(version.ordinal(), true);
    }
    if (!version.deleted() || keepsDeleted) {
      (version.deleted() ? deleted : live).add(version);
      written.put(version.ordinal(), version);
    }
  }

  /** What lies in {@code [from, to)}, epoch milliseconds. */
  public List<Run> runs(long from, long to, boolean includeDeleted) {
    Run start = new Originals(timeline.firstAtOrAfter(from), timeline.firstAtOrAfter(to));
    Run changed = new Written(live.range(from, to));
    return includeDeleted
        ? List.of(start, changed, new Written(deleted.range(from, to)))
        : List.of(start, changed);
  }

  private final class Originals implements Run {
    private final int first;
    private final int end;

    Originals(int first, int end) {
      this.first = first;
      this.end = end;
    }

    @Override
    public int size() {
      return rewritten.unmarkedIn(first, end);
    }

    @Override
    public Iterator<Version> iterator(boolean descending) {
      return new Iterator<>() {
        private int next =
            descending ? rewritten.previousUnmarked(end - 1) : rewritten.nextUnmarked(first);

        @Override
        public boolean hasNext() {
          return next >= first && next < end;
        }

        @Override
        public Version next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          int current = next;
          next =
              descending
                  ? rewritten.previousUnmarked(current - 1)
                  : rewritten.nextUnmarked(current + 1);
          return original.apply(current);
        }
      };
    }
  }

  private record Written(List<Version> versions) implements Run {
    @Override
    public int size() {
      return versions.size();
    }

    @Override
    public Iterator<Version> iterator(boolean descending) {
      return new Iterator<>() {
        private int next = descending ? versions.size() - 1 : 0;

        @Override
        public boolean hasNext() {
          return next >= 0 && next < versions.size();
        }

        @Override
        public Version next() {
          return versions.get(descending ? next-- : next++);
        }
      };
    }
  }
}
