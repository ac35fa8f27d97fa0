package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one search in order of {@code updatedAt}: always page 1, from the last instant seen on.
 * Page numbers would skip rows, since a record that changes during the walk leaves its place and
 * shifts the others; {@code gt} would lose records that share the last instant. Not thread-safe.
 */
public final class KeysetReader {

  private final Search search;
  private Optional<Instant> before;
  private Instant cursor;
  private SameInstantReader tie;
  private boolean done;
  private OptionalLong remaining = OptionalLong.empty();

  /**
   * @param from the first instant wanted
   * @param before the first instant not wanted; empty for no end
   */
  public KeysetReader(Search search, Instant from, Optional<Instant> before) {
    this.search = search;
    this.cursor = from;
    this.before = before;
  }

  public boolean done() {
    return done;
  }

  /** Everything before this instant has been received, and all that was found at it. */
  Instant cursor() {
    return cursor;
  }

  public OptionalLong remaining() {
    return remaining;
  }

  /** Whether it is parting what shares one instant, and so can't tell how much is to come. */
  boolean inTie() {
    return tie != null;
  }

  /**
   * Leaves what begins there to another walk.
   *
   * @param end behind the cursor, in whole milliseconds
   */
  void endAt(Instant end) {
    before = Optional.of(end);
  }

  public ApiRequest next() {
    return tie == null ? search.from(cursor, before) : tie.next();
  }

  public void accept(Page page) {
    if (tie != null) {
      tie.accept(page);
      if (tie.done()) {
        tie = null;
        // all of this instant is here, so the next page starts behind it
        cursor = cursor.plusMillis(1);
      }
      return;
    }
    int size = page.records().size();
    boolean full = size >= search.pageSize();
    boolean more = page.total().isPresent() ? page.total().getAsLong() > size : full;
    remaining = OptionalLong.of(Math.max(0, page.total().orElse(size) - size));
    Instant first = cursor;
    Instant last = lastUpdate(page.records());
    boolean oneInstant =
        page.records().stream().allMatch(r -> r.updatedAt().filter(last::equals).isPresent());
    if (last.isAfter(cursor)) {
      cursor = last;
    }
    if (!more) {
      done = true;
    } else if (oneInstant || last.equals(first)) {
      tie = new SameInstantReader(search, cursor);
    }
  }

  /** The last instant of an ascending page; the cursor itself when no record carries a time. */
  private Instant lastUpdate(List<KustomerRecord> records) {
    Instant last = cursor;
    for (KustomerRecord record : records) {
      Instant at = record.updatedAt().orElse(last);
      if (at.isBefore(last)) {
        throw new ReadException(
            search
                + ": Kustomer's answer is not in order of updatedAt ("
                + at
                + " after "
                + last
                + "), so reading on could skip records; the next poll tries again");
      }
      last = at;
    }
    return last;
  }
}
