package io.kustomersync.schema;

/**
 * One column of a table.
 *
 * @param name snake_case, unique in its table, at most 63 bytes, never changes once given
 * @param type what its values are; may widen, never narrow
 * @param source where its values come from, e.g. {@code attributes.createdAt}, {@code
 *     attributes.custom.tierStr}, {@code relationships.customer}; a leading {@code $} marks what we
 *     add ourselves ({@code $synced_at}, {@code $raw}, {@code $deleted})
 */
public record Column(String name, ColumnType type, String source) {}
