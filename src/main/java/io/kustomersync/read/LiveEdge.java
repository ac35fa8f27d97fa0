package io.kustomersync.read;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** How far live search reaches back: what was last changed before that is in the archive. */
public final class LiveEdge {

  /** Live search holds what was changed within the last two years (kustomer-api.md §3.6). */
  static final int YEARS = 2;

  /** How far archive and live reading overlap. */
  static final Duration SEAM = Duration.ofDays(1);

  /** The same for a list, whose reading may be stopped and go on days later. */
  static final Duration LIST_SEAM = Duration.ofDays(30);

  /** How far behind the edge live reading has to be for the seam to be closed. */
  static final Duration CLEAR = Duration.ofMinutes(10);

  private LiveEdge() {}

  public static Instant at(Instant now) {
    return now.atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant();
  }
}
