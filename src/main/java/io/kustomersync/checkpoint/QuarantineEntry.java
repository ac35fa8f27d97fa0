package io.kustomersync.checkpoint;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row that could not be stored as it is.
 *
 * @param table the table it belongs to
 * @param id of the record
 * @param place the sink that refused it; {@link #MAPPER} when no row could be made of the record
 * @param updatedAt as the row says it, ISO 8601
 * @param rev as the row says it
 * @param reason one line for a person
 * @param row what the sink was given, as {@link io.kustomersync.schema.RowJson}; empty for the
 *     mapper
 * @param record the record as Kustomer sent it; only for the mapper, and only if rows may hold it
 * @param since when it was refused last
 */
public record QuarantineEntry(
    String table,
    String id,
    String place,
    Optional<String> updatedAt,
    OptionalLong rev,
    String reason,
    Optional<String> row,
    Optional<String> record,
    Instant since) {

  /** The place of records that no row could be made of. */
  public static final String MAPPER = "mapper";

  /** Neither row nor record, which are the company's data. */
  @Override
  public String toString() {
    return table + " " + id + " (" + place + "): " + reason;
  }
}
