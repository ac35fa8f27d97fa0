package io.kustomersync.sink.database;

import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a table of ours is for. Each kind but the first has a column of its own whose name begins
 * with an underscore, which no field's column does.
 */
enum TableRole {
  ROWS(Optional.empty(), List.of("id")),
  HISTORY(
      Optional.of(new Column("_version", ColumnType.TEXT, "$version")), List.of("id", "_version")),
  DELETED(
      Optional.of(new Column("_removed_at", ColumnType.TIMESTAMP, "$removed_at")), List.of("id"));

  /** Of a history, with the id: which version of the record a row is. */
  static final String VERSION = "_version";

  static final String REMOVED_AT = "_removed_at";

  private static final List<Column> DELETED_COLUMNS =
      List.of(
          new Column("id", ColumnType.TEXT, "id"),
          new Column("updated_at", ColumnType.TIMESTAMP, "attributes.updatedAt"),
          new Column("rev", ColumnType.INTEGER, "attributes.rev"));

  private final Optional<Column> own;
  private final List<String> key;

  TableRole(Optional<Column> own, List<String> key) {
    this.own = own;
    this.key = key;
  }

  /** Columns of the primary key. */
  List<String> key() {
    return key;
  }

  /** The columns of such a table for the rows of this schema. */
  List<Column> columns(List<Column> schema) {
    List<Column> columns = new ArrayList<>(this == DELETED ? DELETED_COLUMNS : schema);
    own.ifPresent(columns::add);
    return columns;
  }

  /** Whether an existing table with these columns can be of this kind. */
  boolean fits(java.util.function.Predicate<String> has) {
    for (TableRole role : values()) {
      boolean marked = role.own.map(Column::name).filter(has).isPresent();
      if (marked != (role == this && own.isPresent())) {
        return false;
      }
    }
    return true;
  }

  /** What the database says the table is. */
  String comment(String table) {
    return switch (this) {
      case ROWS -> "Kustomer's " + table + ", one row per record; kept up to date by Kustomer Sync";
      case HISTORY -> "Every version of Kustomer's " + table + " that Kustomer Sync has read";
      case DELETED -> "Ids and versions of deleted " + table + ", so that they do not come back";
    };
  }
}
