package io.kustomersync.sink.database;

import java.util.Optional;

/**
 * A table of the database, as users would write it.
 *
 * @param schema empty for the connection's own
 */
record TableName(Optional<String> schema, String table) {

  /** As SQL takes it. */
  String quoted(Dialect dialect) {
    return schema.map(name -> dialect.quoted(name) + ".").orElse("") + dialect.quoted(table);
  }
}
