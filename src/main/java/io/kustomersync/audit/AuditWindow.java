package io.kustomersync.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A span {@code [from, before)} of update times, and what was counted in it. Immutable.
 *
 * @param source records that Kustomer counts, the deleted included
 * @param sink rows that the sink counts, those in motion left out
 * @param differs whether the two can't be the same
 * @param certain whether that still held after the records in motion were read again
 */
record AuditWindow(
    Instant from,
    Instant before,
    boolean archive,
    long source,
    long sink,
    boolean differs,
    boolean certain) {

  /** What differs first, the smallest first; then what is coarsest. */
  static final Comparator<AuditWindow> ORDER =
      (one, other) -> {
        if (one.differs != other.differs) {
          return one.differs ? -1 : 1;
        }
        int bySize = Long.compare(one.rows(), other.rows());
        return one.differs ? bySize : -bySize;
      };

  static AuditWindow uncounted(Instant from, Instant before, boolean archive) {
    return new AuditWindow(from, before, archive, 0, 0, false, false);
  }

  AuditWindow counted(long inSource, long inSink, boolean different, boolean sure) {
    return new AuditWindow(from, before, archive, inSource, inSink, different, sure);
  }

  AuditWindow part(Instant first, Instant end) {
    return uncounted(first, end, archive);
  }

  long rows() {
    return Math.max(source, sink);
  }

  /** Kustomer tells times apart by the millisecond. */
  boolean isOneInstant() {
    return Duration.between(from, before).toMillis() <= 1;
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(before);
  }
}
