package io.kustomersync.settings;

import io.kustomersync.read.BackfillMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is read, from when on, how often and how much at a time. Immutable.
 *
 * @param tables names as written, none twice; whether they exist only the routes tell
 * @param startDate present for the commands that read whole tables; not in the future
 * @param schedule when {@code run} polls
 * @param overlap how far before the checkpoint each poll starts, 0 to 24 h
 * @param pageSize records per search, 2 to 500
 * @param readAhead questions that one table may have under way at a time, 1 to 16
 * @param backfill through what a first load is read
 */
public record ReadingSettings(
    List<String> tables,
    Optional<Instant> startDate,
    Schedule schedule,
    Duration overlap,
    int pageSize,
    int readAhead,
    BackfillMode backfill) {
  public ReadingSettings {
    tables = List.copyOf(tables);
  }
}
