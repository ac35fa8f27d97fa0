package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a search table's reading is about at a time. History comes first, from the list or the
 * archive; then live search, which goes over to a backfill where much of the past is to come. Not
 * thread-safe.
 */
sealed interface Phase
    permits HistoryPhase, ArchivePhase, LivePhase, MeasuringPhase, BackfillPhase {

  /**
   * What an answer brings.
   *
   * @param next the phase to go on with; may be the same
   * @param fresh the versions not delivered before
   * @param received records that the answer held
   */
  record Step(Phase next, List<KustomerRecord> fresh, int received) {}

  /** Whether the table is caught up. */
  boolean done();

  /** What may be under way now, each until its answer is accepted; at least one until done. */
  List<ApiRequest> plan();

  /** Takes the answer to one of {@link #plan}. */
  Step accept(ApiRequest asked, Page page);

  /** Whether reading goes on without the answer, should Kustomer refuse it. */
  default boolean spares(ApiRequest asked) {
    return false;
  }

  /** Records still to come, where the search tells. */
  OptionalLong remaining();
}
