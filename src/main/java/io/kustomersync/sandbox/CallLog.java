package io.kustomersync.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls answered, the newest 50,000 of them, and counts of all. Thread-safe. */
final class CallLog {
  private static final int KEPT = 50_000;

  private final Deque<ServedCall> calls = new ArrayDeque<>();
  private final Deque<ServedCall> violations = new ArrayDeque<>();
  private final Map<Integer, Long> byStatus = new TreeMap<>();
  private long count;
  private long searches;

  synchronized void add(ServedCall call, boolean violation) {
    count++;
    searches += call.pool().equals(RateWindows.SEARCH) ? 1 : 0;
    byStatus.merge(call.status(), 1L, Long::sum);
    keep(calls, call);
    if (violation) {
      keep(violations, call);
    }
  }

  private static void keep(Deque<ServedCall> target, ServedCall call) {
    target.addLast(call);
    if (target.size() > KEPT) {
      target.removeFirst();
    }
  }

  synchronized List<ServedCall> calls() {
    return List.copyOf(calls);
  }

  synchronized List<ServedCall> violations() {
    return List.copyOf(violations);
  }

  synchronized long count() {
    return count;
  }

  synchronized long searches() {
    return searches;
  }

  synchronized Map<Integer, Long> byStatus() {
    return new TreeMap<>(byStatus);
  }
}
