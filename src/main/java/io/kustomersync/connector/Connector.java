package io.kustomersync.connector;

import io.kustomersync.api.Kustomer;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.Holder;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.SinkRows;
import io.kustomersync.read.TableAudit;
import io.kustomersync.read.TableDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The connector with its routes loaded and running, nothing read yet: what commands work with.
 * Close it to stop.
 */
public interface Connector extends AutoCloseable {

  /** All tables that {@code routes/tables.camel.yaml} defines, in its order. */
  List<TableDefinition> tables();

  /**
   * Adds a table for one custom class, read apart from the others.
   *
   * @param table e.g. {@code kobject_shopify_order}
   * @param klass the class's own name, e.g. {@code shopify-order}
   */
  TableDefinition define(String table, String klass);

  /** The one gate to Kustomer. */
  Kustomer kustomer();

  CheckpointRepository checkpoints();

  QuarantineRepository quarantine();

  /**
   * Gives what is in the quarantine once more to the sink that refused it.
   *
   * @return why it stays; empty when it went through and is forgotten
   */
  Optional<Exception> retry(QuarantineEntry entry);

  /**
   * Makes this process the only one that works on the checkpoints, until closed. Whoever writes has
   * to; {@link #sync} and {@link #startSchedule} do it by themselves.
   *
   * @return who is at work instead; empty when this process now is
   * @throws io.kustomersync.checkpoint.LeaseException when another has overtaken this process
   */
  Optional<Holder> takeLease();

  /**
   * Compares what the database sink holds of a table with Kustomer; changes nothing.
   *
   * @param calls the most to make, at least 10
   */
  TableAudit audit(TableDefinition table, int calls);

  /** What the database sink holds of a table, as an audit sees it. */
  SinkRows stored(TableDefinition table);

  /**
   * Gives these to every sink, as a poll does; no checkpoint moves. Returns when all have them.
   *
   * @throws RuntimeException when a sink refused them
   */
  void deliver(TableDefinition table, Delivery delivery);

  /** Calls made to Kustomer so far. */
  long calls();

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

  @Override
  void close();

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
