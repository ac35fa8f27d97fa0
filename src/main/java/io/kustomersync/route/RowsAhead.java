package io.kustomersync.route;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a page made before its turn, by the columns that were known then. They hold only if no
 * page before it has changed the columns meanwhile. Immutable.
 *
 * @param by the table's columns when the rows were made
 * @param records that they were made of, in their order
 */
record RowsAhead(TableSchema by, List<KustomerRecord> records, Mapped mapped) {

  /**
   * @param known the table's columns now
   * @param some of the records, in the same order
   * @return empty when the rows have to be made anew
   */
  Optional<Mapped> of(TableSchema known, List<KustomerRecord> some) {
    if (!by.equals(known)) {
      return Optional.empty();
    }
    List<Map<String, Object>> rows = new ArrayList<>(some.size());
    int at = 0;
    for (KustomerRecord record : some) {
      // The very record: another version of it has another row.
      while (at < records.size() && records.get(at) != record) {
        at++;
      }
      if (at == records.size()) {
        return Optional.empty();
      }
      rows.add(mapped.rows().get(at));
    }
    return Optional.of(new Mapped(mapped.schema(), rows));
  }
}
