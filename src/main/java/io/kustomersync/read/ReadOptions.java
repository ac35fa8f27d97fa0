package io.kustomersync.read;

import io.kustomersync.api.NextLink;
import java.time.Duration;
import java.time.Instant;

/**
 * How tables are read, from the settings.
 *
 * @param startDate records last changed before it are not wanted
 * @param pageSize records asked for in one search, 2 to 500
 * @param overlap how far before the checkpoint each poll starts, because search lags behind writes
 * @param ahead questions that one table may have under way at a time, at least 1
 * @param backfill through what much of the past is read
 * @param links follows links of lists, on Kustomer's host only
 */
public record ReadOptions(
    Instant startDate,
    int pageSize,
    Duration overlap,
    int ahead,
    BackfillMode backfill,
    NextLink links) {

  /** Through search alone. */
  public ReadOptions(Instant startDate, int pageSize, Duration overlap, int ahead, NextLink links) {
    this(startDate, pageSize, overlap, ahead, BackfillMode.SEARCH, links);
  }
}
