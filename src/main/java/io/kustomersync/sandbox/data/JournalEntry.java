package io.kustomersync.sandbox.data;

import java.time.Instant;

/**
 * The truth about one record, deleted ones included.
 *
 * @param findable false when a deleted record can no longer be seen by any search or list
 */
public record JournalEntry(
    String id, int rev, Instant updatedAt, boolean deleted, boolean findable) {}
