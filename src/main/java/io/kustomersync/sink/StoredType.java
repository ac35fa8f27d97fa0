package io.kustomersync.sink;

import io.kustomersync.schema.ColumnType;

/** What a column of the database can hold, whatever the database calls it. */
enum StoredType {
  /** JSON too: it is kept as sent. */
  TEXT,
  INTEGER,
  DECIMAL,
  BOOLEAN,
  TIMESTAMP,
  /** Something a user made of the column: left as it is, the database judges each value. */
  OTHER;

  /** What a new column for such values is made of. */
  static StoredType of(ColumnType type) {
    return switch (type) {
      case TEXT, JSON -> TEXT;
      case INTEGER -> INTEGER;
      case DECIMAL -> DECIMAL;
      case BOOLEAN -> BOOLEAN;
      case TIMESTAMP -> TIMESTAMP;
    };
  }

  /** This if it can hold every such value without loss, else the type that holds them as well. */
  StoredType widenedFor(ColumnType type) {
    StoredType wanted = of(type);
    if (this == OTHER || this == TEXT || this == wanted) {
      return this;
    }
    boolean numbers =
        (this == INTEGER || this == DECIMAL) && (wanted == INTEGER || wanted == DECIMAL);
    return numbers ? DECIMAL : TEXT;
  }
}
