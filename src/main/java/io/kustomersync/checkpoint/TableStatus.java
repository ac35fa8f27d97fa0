package io.kustomersync.checkpoint;

import java.time.Instant;
import java.util.Optional;

/**
 * How a table's last poll went.
 *
 * @param rows rows handed to the sinks since the table was first read
 * @param lastPoll when a poll last ended well
 * @param lastError what the last poll failed with; empty if it ended well
 * @param lastErrorAt when that was
 */
public record TableStatus(
    String table,
    long rows,
    Optional<Instant> lastPoll,
    Optional<String> lastError,
    Optional<Instant> lastErrorAt) {}
