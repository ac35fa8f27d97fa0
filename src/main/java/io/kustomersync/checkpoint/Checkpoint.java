package io.kustomersync.checkpoint;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far one table is delivered to every sink. Immutable.
 *
 * @param table what is read, e.g. {@code customers}, {@code kobjects}
 * @param org id of the company the rows belong to, once seen; a checkpoint of another company is
 *     refused
 * @param position all records of a search table up to this {@code updatedAt} are delivered; empty
 *     before the first page and for lists
 * @param historyPage page number still to read of a history that only a list holds; empty when it
 *     is done or not needed
 * @param ledger versions delivered within the overlap before {@code position}
 * @param known of a list: id → fingerprint of each row delivered and not deleted
 */
public record Checkpoint(
    String table,
    Optional<String> org,
    Optional<Instant> position,
    Optional<Integer> historyPage,
    Ledger ledger,
    Map<String, String> known) {}
