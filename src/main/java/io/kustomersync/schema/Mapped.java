package io.kustomersync.schema;

import java.util.List;
import java.util.Map;

/**
 * A page as rows.
 *
 * @param schema what was known and what this page added or widened
 * @param rows one per record, in their order; each has every column of {@code schema} in its order,
 *     with a value of the class {@link ColumnType} names, or null
 */
public record Mapped(TableSchema schema, List<Map<String, Object>> rows) {}
