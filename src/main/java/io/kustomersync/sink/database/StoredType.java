package io.kustomersync.sink.database;

import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;

/** What a column of the database can hold, whatever the database calls it. */
enum StoredType {
  TEXT,
  /** Where the database has a type of its own for it, which may order and space it anew. */
  JSON,
  INTEGER,
  DECIMAL,
  BOOLEAN,
  TIMESTAMP,
  /** Something a user made of the column: left as it is, the database judges each value. */
  OTHER;

  /** The source of the column that keeps the record as sent, so as text. */
  private static final String RAW = "$raw";

  /** What a new column is made of. */
  static StoredType of(Column column) {
    return column.source().equals(RAW) ? TEXT : of(column.type());
  }

  private static StoredType of(ColumnType type) {
    return switch (type) {
      case TEXT -> TEXT;
      case JSON -> JSON;
      case INTEGER -> INTEGER;
      case DECIMAL -> DECIMAL;
      case BOOLEAN -> BOOLEAN;
      case TIMESTAMP -> TIMESTAMP;
    };
  }

  /** This if it can hold every such value without loss, else the type that holds them as well. */
  StoredType widenedFor(Column column) {
    StoredType wanted = of(column);
    if (this == OTHER || this == TEXT || this == wanted) {
      return this;
    }
    boolean numbers =
        (this == INTEGER || this == DECIMAL) && (wanted == INTEGER || wanted == DECIMAL);
    return numbers ? DECIMAL : TEXT;
  }
}
