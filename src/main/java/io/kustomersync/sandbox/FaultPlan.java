package io.kustomersync.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/** The faults still to come, in the order given. Thread-safe. */
final class FaultPlan {
  private final List<Fault> faults = new ArrayList<>();

  synchronized void add(Fault fault) {
    faults.add(fault);
  }

  synchronized void clear() {
    faults.clear();
  }

  /** The fault for this call, if any; it is used up by one. */
  synchronized Optional<Fault> next(String path, String body, String page) {
    ListIterator<Fault> each = faults.listIterator();
    while (each.hasNext()) {
      Fault fault = each.next();
      if (fault.hits(path, body, page)) {
        if (fault.times() > 1) {
          each.set(fault.times(fault.times() - 1));
        } else {
          each.remove();
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
