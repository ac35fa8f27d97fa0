package io.kustomersync.settings;

import io.kustomersync.schema.ColumnRules;

/**
 * What rows are made of. Immutable.
 *
 * @param raw whether rows hold the record as sent
 * @param rules the keys that begin with {@code kustomer.columns.}
 */
public record ColumnSettings(boolean raw, ColumnRules rules) {}
