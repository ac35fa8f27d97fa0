package io.kustomersync.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The records of one answer and where the next ones are.
 *
 * @param records in the order sent
 * @param total {@code meta.total}, which only searches and the customers list have
 * @param pageSize {@code meta.pageSize}: what the server went by, which may be less than was asked
 * @param next {@code links.next} as sent, if any: relative and beginning with {@code /v1} in all
 *     recordings
 * @param org the company's id as the records' relationships tell it, if any does
 */
public record Page(
    List<KustomerRecord> records,
    OptionalLong total,
    OptionalInt pageSize,
    Optional<String> next,
    Optional<String> org) {

  /** A page that does not tell its size. */
  public Page(
      List<KustomerRecord> records,
      OptionalLong total,
      Optional<String> next,
      Optional<String> org) {
    this(records, total, OptionalInt.empty(), next, org);
  }

  /** Safe to log. */
  @Override
  public String toString() {
    return records.size() + " records of " + (total.isPresent() ? total.getAsLong() : "?");
  }
}
