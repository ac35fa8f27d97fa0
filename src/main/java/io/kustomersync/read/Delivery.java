package io.kustomersync.read;

import io.kustomersync.api.KustomerRecord;
import java.util.List;

/**
 * What of one page the sinks have to be told.
 *
 * @param records versions not delivered before; at most one of each id
 * @param gone ids that a list does not hold any more
 * @param received records that came, new or not
 */
public record Delivery(List<KustomerRecord> records, List<String> gone, int received) {
  public Delivery {
    records = List.copyOf(records);
    gone = List.copyOf(gone);
  }

  /** Nothing for the sinks to do. */
  public boolean isEmpty() {
    return records.isEmpty() && gone.isEmpty();
  }
}
