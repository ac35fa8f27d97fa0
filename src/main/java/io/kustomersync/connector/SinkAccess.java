package io.kustomersync.connector;

import io.kustomersync.audit.SinkRows;
import io.kustomersync.audit.TableAudit;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableDefinition;
import java.util.Optional;

/** What the sinks hold, and ways to give them records outside of a poll. Thread-safe. */
public interface SinkAccess {

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

  /**
   * Gives what is in the quarantine once more to the sink that refused it.
   *
   * @return why it stays; empty when it went through and is forgotten
   */
  Optional<Exception> retry(QuarantineEntry entry);
}
