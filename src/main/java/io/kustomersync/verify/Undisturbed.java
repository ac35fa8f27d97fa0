package io.kustomersync.verify;

import io.kustomersync.verify.Finding.Kind;
import io.kustomersync.verify.Store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a sink stores when nobody kills it, to compare with what it stored when it was killed and
 * the page came again.
 *
 * @param before its home before the page came
 * @param base what was stored then
 * @param stored what is stored after the page
 * @param took rows that stand-ins took
 * @param nanos how long it took
 * @param exact whether another such run would store the very same
 */
record Undisturbed(
    HarnessHome before,
    Snapshot base,
    Snapshot stored,
    Set<String> took,
    long nanos,
    boolean exact) {

  boolean writesFiles() {
    return stored.files().keySet().stream().anyMatch(file -> !base.files().containsKey(file));
  }

  boolean readable() {
    return !stored.equals(base);
  }

  /** Whether anything of what the sink does can be looked at. */
  boolean sees() {
    return readable() || !took().isEmpty();
  }

  /** What the kills do not show. */
  List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (!sees()) {
      limits.add(
          "what the sink stored can't be read back here: of that the kills show only that the page"
              + " can be sent again; look yourself whether the receiver has each id and rev");
    } else if (!readable()) {
      limits.add(
          "of the kills' outcome only what stand-ins took was looked at: each row at least once;"
              + " what the real receiver makes of a row that comes twice is not known");
    }
    if (writesFiles()) {
      limits.add(
          "a kill ends the process, not the host: files not forced to disk (fsync) are not found by"
              + " it");
    }
    if (!exact()) {
      limits.add("two undisturbed runs stored different things, so only counts were compared");
    }
    return limits;
  }

  /** After a kill and the page once more. */
  Optional<Finding> compared(Snapshot now, Set<String> took, KillMoment moment) {
    Difference difference = Difference.of(stored, now, exact);
    long lost = difference.lost() + missing(took);
    if (lost > 0) {
      return Optional.of(
          new Finding(
              Kind.LOSES,
              moment
                  + "; the page came again, the sink returned, and "
                  + lost
                  + " rows are not stored",
              "note a page or row as done only after it is stored, or in the same transaction; of an"
                  + " idempotentConsumer with eager: true a kill leaves the note without the rows"));
    }
    if (difference.extra() > 0) {
      return Optional.of(
          new Finding(
              Kind.DOUBLES,
              moment + "; when the page came again, " + difference.extra() + " rows were too many",
              "write the page in one transaction, or replace by id"));
    }
    return Optional.empty();
  }

  /** How many rows stand-ins lack. */
  long missing(Set<String> others) {
    return took.stream().filter(id -> !others.contains(id)).count();
  }
}
