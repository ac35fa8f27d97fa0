package io.kustomersync.schema;

/** The types a column can have, and the Java class of its values in a row. */
public enum ColumnType {
  /** {@link String}, of any length. */
  TEXT,
  /** {@link Long}. */
  INTEGER,
  /** {@link java.math.BigDecimal}, exact. */
  DECIMAL,
  /** {@link Boolean}. */
  BOOLEAN,
  /** {@link java.time.OffsetDateTime}. */
  TIMESTAMP,
  /** {@link String} holding JSON text. */
  JSON
}
