package io.kustomersync.read;

import java.util.List;

/** How one table is read, as {@code routes/tables.camel.yaml} says. Immutable. */
public sealed interface TableDefinition {

  /** The word users write in {@code kustomer.tables}, e.g. {@code customers}. */
  String name();

  /** Where the records come from whose last change is older than live search reaches back. */
  enum History {
    /** {@code POST /v1/customers/archive/search}. */
    ARCHIVE,
    /** The table's own list: archive search refuses notes (kustomer-api.md §3.6). */
    LIST
  }

  /**
   * A table read through search.
   *
   * @param context {@code queryContext}, e.g. {@code customer}, {@code kobject}, {@code
   *     kobject_order}
   * @param object prefix of the attributes, e.g. {@code customer} in {@code customer_updated_at}
   * @param history where older records are
   * @param path of its list, e.g. {@code /v1/notes}
   */
  record SearchTable(String name, String context, String object, History history, String path)
      implements TableDefinition {}

  /**
   * A small table read whole each time.
   *
   * @param path e.g. {@code /v1/users}
   * @param pageSize the most that this list gives
   * @param filters query strings that together bring everything, e.g. {@code status=disabled}; one
   *     empty string for a list without filters
   */
  record ListTable(String name, String path, int pageSize, List<String> filters)
      implements TableDefinition {
    public ListTable {
      filters = List.copyOf(filters);
    }
  }
}
