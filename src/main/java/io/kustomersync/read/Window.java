package io.kustomersync.read;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.checkpoint.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A window of the past, by time of update, that either the list or search has to bring whole. */
final class Window {

  enum State {
    /** Search is being asked how many there are. */
    ASKED,
    /** As many as there are at most is known; the list brings them. */
    COUNTED,
    /** The list did not bring it; search will. */
    LEFT,
    /** Being read by search. */
    READ,
    DONE
  }

  final Instant from;
  Instant to;
  State state = State.ASKED;

  /** What search counted, or more: none but those are in it, for records only ever leave it. */
  long total;

  /** Different ones that the list showed after they were counted. */
  long seen;

  /** When they were counted. */
  long countedAt;

  /** What it was parted from; while that is not null, {@link #total} is of both together. */
  Window rest;

  /** Versions that the list brought. */
  Ledger delivered = Ledger.EMPTY;

  /** Reads it, in state READ. */
  PartitionedBackfill partitions;

  /** Whether its partitions go on from the position, with its ledger. */
  boolean fromReached;

  Window(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  boolean contains(KustomerRecord record) {
    return record.updatedAt().filter(at -> !at.isBefore(from) && at.isBefore(to)).isPresent();
  }

  /** What the list showed, of which {@code fresh} is delivered now. */
  void add(int listed, List<KustomerRecord> fresh) {
    seen += listed;
    delivered = delivered.plus(fresh, Instant.MIN);
  }

  /** The list has passed it: it has all of it if it showed as many as were counted. */
  void passed(Duration overlap) {
    if (seen == total) {
      done(overlap);
    } else {
      state = State.LEFT;
    }
  }

  /** All of it is delivered; of that, only what lies within an overlap before its end is kept. */
  void done(Duration overlap) {
    Ledger all = partitions == null ? delivered : delivered.plus(partitions.ledger());
    delivered = all.since(to.minus(overlap));
    partitions = fromReached ? partitions : null;
    seen = 0;
    total = 0;
    state = State.DONE;
  }

  /** Takes in the next one. */
  void join(Window next) {
    to = next.to;
    total += next.total;
    seen += next.seen;
    delivered = delivered.plus(next.delivered);
  }

  long remaining() {
    return switch (state) {
      case ASKED, DONE -> 0;
      case COUNTED -> total - seen;
      case LEFT -> total;
      case READ -> partitions.remaining().orElse(total);
    };
  }
}
