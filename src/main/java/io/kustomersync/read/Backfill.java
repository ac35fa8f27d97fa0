package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A span of the past that is read out of order: what changes meanwhile leaves it for <em>now</em>,
 * which is read after it. Not thread-safe.
 */
interface Backfill {

  boolean done();

  /** Everything before it is received, and of what is at it the versions in the ledger. */
  Instant reached();

  /** The versions received within an overlap before {@link #reached}. */
  Ledger ledger();

  OptionalLong remaining();

  /** Puts under way what may be now, as {@link TableReader#plan}; at least one until done. */
  List<ApiRequest> plan();

  /** Takes the answer to one of {@link #plan}; gives the versions not delivered before. */
  List<KustomerRecord> accept(ApiRequest asked, Page page);

  /** Whether it can do without the answer: then it takes a page without records in its place. */
  default boolean spares(ApiRequest asked) {
    return false;
  }
}
