package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reading of one table, from its checkpoint until nothing new is left: {@link #ahead} says what
 * to ask, {@link #accept} takes an answer and says what to deliver, {@link #checkpoint} is what to
 * save once that and all accepted before it is delivered. Not thread-safe; a walk belongs to one
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

  /** The next call to make; empty when the table is caught up. */
  Optional<ApiRequest> next();

  /** The calls that may be under way at a time: each is among them until its answer is accepted. */
  default List<ApiRequest> ahead() {
    return next().stream().toList();
  }

  /**
   * Takes the answer to {@link #next}.
   *
   * @throws ReadException when the answers contradict each other and going on could lose records
   */
  Delivery accept(Page page);

  /**
   * Takes the answer to one of {@link #ahead}, in any order.
   *
   * @throws ReadException when the answers contradict each other and going on could lose records
   */
  default Delivery accept(ApiRequest asked, Page page) {
    return accept(page);
  }

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
