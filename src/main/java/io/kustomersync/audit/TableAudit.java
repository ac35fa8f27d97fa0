package io.kustomersync.audit;

import io.kustomersync.api.Kustomer;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.read.ReadException;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Clock;

/**
 * Compares what a sink holds of one table with Kustomer, without reading all of it. Changes
 * nothing, and no checkpoint moves. What it reports is so, also while records change and are being
 * synced meanwhile; what it can't be sure of within its calls it leaves open and says so.
 */
@FunctionalInterface
public interface TableAudit {

  /**
   * @param calls the most to make to Kustomer, at least 10; a table that is read whole may need
   *     more
   * @param checkpoints what they say is delivered is what the sink is held to
   */
  static TableAudit of(
      TableDefinition table,
      ReadOptions reading,
      int calls,
      Kustomer kustomer,
      SinkRows sink,
      CheckpointRepository checkpoints,
      Clock clock) {
    if (table instanceof SearchTable search) {
      return new SearchAudit(search, reading, calls, kustomer, sink, checkpoints, clock);
    }
    return new ListAudit((ListTable) table, reading, kustomer, sink, checkpoints);
  }

  /**
   * May be called once.
   *
   * @throws io.kustomersync.api.KustomerException when Kustomer does not answer
   * @throws ReadException when its answers contradict each other
   */
  AuditReport run();
}
