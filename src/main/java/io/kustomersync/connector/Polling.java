package io.kustomersync.connector;

import io.kustomersync.read.TableDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads tables and delivers them to the sinks, once or on their schedule. Thread-safe. */
public interface Polling {

  /**
   * Reads a table until nothing new is left and delivers it to the sinks. Blocks. A failure is in
   * the result, not thrown. May be called for several tables at once.
   */
  Result sync(TableDefinition table, Listener listener);

  /**
   * Begins to poll these tables on their schedule.
   *
   * @throws io.kustomersync.checkpoint.CheckpointException when positions could not be saved
   */
  void startSchedule(Collection<TableDefinition> tables);

  /**
   * Completes when polling has become pointless, with the reason: the token is refused, or another
   * process has taken over. Until then the schedule runs.
   */
  CompletableFuture<Exception> end();

  /** Told of each page once every sink has it. Called on the reading thread. */
  @FunctionalInterface
  interface Listener {
    Listener NONE = progress -> {};

    void delivered(Progress progress);
  }

  /**
   * Counts since the beginning of this poll.
   *
   * @param read records received
   * @param delivered rows handed to the sinks
   * @param unchanged records read again and left alone
   * @param deleted of the delivered, those marked deleted
   * @param quarantined rows set aside
   * @param remaining how many are left, where the search told
   */
  record Progress(
      String table,
      long read,
      long delivered,
      long unchanged,
      long deleted,
      long quarantined,
      Optional<Long> remaining) {}

  /** How a poll ended: {@code failure} is empty when the table is caught up. */
  record Result(Progress counts, Duration took, Optional<Exception> failure) {}
}
