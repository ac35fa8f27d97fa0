package io.kustomersync.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one table stands. Immutable.
 *
 * @param position up to where it is surely delivered; empty for lists, and before the first page
 * @param lag the age of what is surely delivered: the last poll that ended well, or the position if
 *     that is later; never negative; empty before either
 * @param rows handed to the sinks since the table was first read, those of a first load under way
 *     included
 * @param quarantined rows set aside
 * @param lastPoll when a poll last ended well
 * @param lastError what the last poll failed with, or why the checkpoint can't be read; empty when
 *     neither
 * @param lastErrorAt when the last poll failed
 */
public record TableReport(
    String table,
    Optional<Instant> position,
    Optional<Duration> lag,
    long rows,
    long quarantined,
    Optional<Instant> lastPoll,
    Optional<String> lastError,
    Optional<Instant> lastErrorAt) {}
