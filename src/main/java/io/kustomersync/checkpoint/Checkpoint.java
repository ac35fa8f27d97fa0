package io.kustomersync.checkpoint;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far one table is delivered to every sink. Immutable.
 *
 * @param table what is read, e.g. {@code customers}, {@code kobjects}
 * @param org id of the company the rows belong to, once seen; rows of another company are refused
 * @param since the start date it was read from; empty when nothing was read
 * @param position all records of a search table before this {@code updatedAt} are delivered, and of
 *     those at it the ones in the ledger; empty before the first page and for lists
 * @param historyPage of a history that only a list holds: the page to read next, counting down to
 *     1; 0 when all of it is read; empty when not begun
 * @param ledger versions delivered within the overlap before {@code position}
 * @param known of a list: id → fingerprint of each row delivered and not marked deleted
 * @param delivered rows handed to the sinks since the table was first read
 */
public record Checkpoint(
    String table,
    Optional<String> org,
    Optional<Instant> since,
    Optional<Instant> position,
    OptionalInt historyPage,
    Ledger ledger,
    Map<String, String> known,
    long delivered) {

  public Checkpoint {
    known = Map.copyOf(known);
  }

  /** Nothing read yet. */
  public static Checkpoint start(String table) {
    return new Checkpoint(
        table,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Ledger.EMPTY,
        Map.of(),
        0);
  }

  /** To be read from that date; what the ledger holds is not delivered again. */
  public Checkpoint restartedAt(Instant startDate) {
    return new Checkpoint(
        table,
        org,
        Optional.of(startDate),
        Optional.empty(),
        OptionalInt.empty(),
        ledger,
        known,
        delivered);
  }

  public Checkpoint withOrg(String id) {
    return new Checkpoint(
        table, Optional.of(id), since, position, historyPage, ledger, known, delivered);
  }

  public Checkpoint withPosition(Instant instant) {
    return new Checkpoint(
        table, org, since, Optional.of(instant), historyPage, ledger, known, delivered);
  }

  public Checkpoint withHistoryPage(OptionalInt page) {
    return new Checkpoint(table, org, since, position, page, ledger, known, delivered);
  }

  public Checkpoint withLedger(Ledger other) {
    return new Checkpoint(table, org, since, position, historyPage, other, known, delivered);
  }

  public Checkpoint withKnown(Map<String, String> rows) {
    return new Checkpoint(table, org, since, position, historyPage, ledger, rows, delivered);
  }

  public Checkpoint withDelivered(long rows) {
    return new Checkpoint(table, org, since, position, historyPage, ledger, known, rows);
  }
}
