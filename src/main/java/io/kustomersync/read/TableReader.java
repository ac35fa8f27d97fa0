package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/**
 * One reading of one table, from its checkpoint until nothing new is left: {@link #plan} says what
 * to ask, {@link #accept} takes an answer and says what to deliver, {@link #checkpoint} is what to
 * save once that and all accepted before it is delivered. Not thread-safe; a reader belongs to one
 * poll.
 */
public interface TableReader {

  /** Begins where the checkpoint ends. */
  static TableReader open(
      TableDefinition table, Checkpoint checkpoint, ReadOptions reading, Clock clock) {
    if (table instanceof TableDefinition.SearchTable search) {
      return new SearchReader(search, checkpoint, reading, clock);
    }
    return new ListReader((TableDefinition.ListTable) table, checkpoint, reading.links());
  }

  /** Whether the table is caught up. */
  boolean done();

  /**
   * Puts under way what may be now: the same requests again, until their answers are accepted, and
   * new ones beside them. At least one until done.
   */
  List<ApiRequest> plan();

  /**
   * Takes the answer to one of {@link #plan}, in any order.
   *
   * @throws ReadException when the answers contradict each other and going on could lose records
   */
  Delivery accept(ApiRequest asked, Page page);

  /**
   * Whether reading goes on without the answer to this question, should Kustomer refuse it: a page
   * without records is accepted in its place.
   */
  default boolean spares(ApiRequest asked) {
    return false;
  }

  /** The position once everything accepted so far is delivered. */
  Checkpoint checkpoint();

  /** How many records are still to come, where the search tells. */
  OptionalLong remaining();
}
