package io.kustomersync.sink.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * What tells an older row of the same id from a newer one.
 *
 * @param updatedAt null if unknown
 * @param rev null if unknown; users, teams and tags have none
 */
record RowVersion(OffsetDateTime updatedAt, Long rev) {

  static RowVersion of(Map<String, Object> row) {
    return new RowVersion((OffsetDateTime) row.get("updated_at"), (Long) row.get("rev"));
  }

  /** Reads {@link TableSql#version}'s answer. */
  static RowVersion of(Dialect dialect, ResultSet found) throws SQLException {
    OffsetDateTime updatedAt = dialect.time(found, 1);
    long rev = found.getLong(2);
    return new RowVersion(updatedAt, found.wasNull() ? null : rev);
  }

  /** Only if it can be proved: of two that can't be told apart, the one that comes later counts. */
  boolean isOlderThan(RowVersion other) {
    if (updatedAt != null && other.updatedAt != null && !updatedAt.isEqual(other.updatedAt)) {
      return updatedAt.isBefore(other.updatedAt);
    }
    return rev != null && other.rev != null && rev < other.rev;
  }
}
