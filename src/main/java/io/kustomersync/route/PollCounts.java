package io.kustomersync.route;

/**
 * What one poll has done. Immutable.
 *
 * @param read records received
 * @param delivered rows that every sink has
 * @param deleted of these, marked deleted
 * @param quarantined rows that could not be stored, and are in the quarantine
 */
public record PollCounts(long read, long delivered, long deleted, long quarantined) {

  /** Nothing done yet. */
  public static final PollCounts NONE = new PollCounts(0, 0, 0, 0);

  /** Records that came again in a version delivered before. */
  public long unchanged() {
    return Math.max(0, read - delivered - quarantined);
  }

  PollCounts plus(PollCounts other) {
    return new PollCounts(
        read + other.read,
        delivered + other.delivered,
        deleted + other.deleted,
        quarantined + other.quarantined);
  }

  PollCounts setAside(int rows) {
    return new PollCounts(read, delivered - rows, deleted, quarantined + rows);
  }

  /** For log lines. */
  @Override
  public String toString() {
    return read
        + " records read, "
        + delivered
        + " rows written, "
        + deleted
        + " of them deleted"
        + (quarantined > 0 ? ", " + quarantined + " put into the quarantine" : "");
  }
}
