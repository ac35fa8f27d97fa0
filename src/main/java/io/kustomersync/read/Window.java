package io.kustomersync.read;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.checkpoint.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

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

  private final Instant from;
  private Instant to;
  private State state = State.ASKED;

  /** What search counted, or more: none but those are in it, for records only ever leave it. */
  private long total;

  /** Different ones that the list showed after they were counted. */
  private long seen;

  /** When they were counted. */
  private long countedAt;

  /** What it was parted from; while there is such, {@link #total} is of both together. */
  private Optional<Window> rest = Optional.empty();

  /** Versions that the list brought. */
  private Ledger delivered = Ledger.EMPTY;

  /** Reads it, in state READ; kept in state DONE if it went on from the position. */
  private Optional<PartitionedBackfill> reader = Optional.empty();

  /** Whether its reader goes on from the position, with its ledger. */
  private boolean fromReached;

  /** To be counted. */
  Window(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  /**
   * To be read by search without having been counted.
   *
   * @param total records in it, about
   */
  static Window ofAbout(long total, Instant from, Instant to) {
    Window window = new Window(from, to);
    window.total = total;
    return window;
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  boolean is(State any) {
    return state == any;
  }

  long total() {
    return total;
  }

  long seen() {
    return seen;
  }

  boolean wasParted() {
    return rest.isPresent();
  }

  Ledger delivered() {
    return delivered;
  }

  boolean readsFromReached() {
    return fromReached;
  }

  /** In state READ, and in state DONE if it {@link #readsFromReached}. */
  PartitionedBackfill reader() {
    return reader.orElseThrow();
  }

  /** Whether what the list showed when asked then is to be counted here. */
  boolean countsListedAt(long askedAt) {
    return state == State.COUNTED && askedAt >= countedAt;
  }

  boolean contains(KustomerRecord record) {
    return record.updatedAt().filter(at -> !at.isBefore(from) && at.isBefore(to)).isPresent();
  }

  /** What the list showed, of which {@code fresh} is delivered now. */
  void add(int listed, List<KustomerRecord> fresh) {
    seen += listed;
    delivered = delivered.plus(fresh, Instant.MIN);
  }

  /**
   * Search has counted it: ASKED to COUNTED, or DONE if it is empty. One that can't be as small as
   * that is LEFT if it can't be parted, else its first half is ASKED for.
   *
   * @param records below 0 when the count proves nothing
   * @param most that one may hold
   * @return the other half, if it was parted
   */
  Optional<Window> counted(long records, long at, long most) {
    total = Math.max(0, records);
    countedAt = at;
    Duration length = Duration.between(from, to);
    if (records > most && length.toMillis() > 1) {
      Instant middle = from.plus(length.dividedBy(2)).truncatedTo(ChronoUnit.MILLIS);
      rest = Optional.of(new Window(middle, to));
      to = middle;
      state = State.ASKED;
    } else if (records < 0 || records > most) {
      state = State.LEFT;
    } else {
      state = records == 0 ? State.DONE : State.COUNTED;
    }
    return rest;
  }

  /** Forgets the other half, and gives it. */
  Window takeRest() {
    Window other = rest.orElseThrow();
    rest = Optional.empty();
    return other;
  }

  /** The list is given up: ASKED or COUNTED to LEFT. */
  void leave() {
    if (state == State.ASKED || state == State.COUNTED) {
      state = State.LEFT;
    }
  }

  /**
   * Search begins to read it: any but DONE to READ.
   *
   * @param goesOn whether from the position, with its ledger
   */
  void read(PartitionedBackfill by, boolean goesOn) {
    reader = Optional.of(by);
    fromReached = goesOn;
    state = State.READ;
  }

  /** The list has passed it: COUNTED to DONE if it showed as many as were counted, else to LEFT. */
  void passed(Duration overlap) {
    if (seen == total) {
      done(overlap);
    } else {
      state = State.LEFT;
    }
  }

  /** All of it is delivered; of that, only what lies within an overlap before its end is kept. */
  void done(Duration overlap) {
    Ledger all = reader.map(by -> delivered.plus(by.ledger())).orElse(delivered);
    delivered = all.since(to.minus(overlap));
    reader = reader.filter(by -> fromReached);
    seen = 0;
    total = 0;
    state = State.DONE;
  }

  /** Takes in the next one, LEFT as this one. */
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
      case READ -> reader().remaining().orElse(total);
    };
  }
}
