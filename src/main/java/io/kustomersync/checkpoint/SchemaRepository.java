package io.kustomersync.checkpoint;

import io.kustomersync.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * Remembers each table's columns, so that a field keeps its column's name for ever. Thread-safe.
 */
public interface SchemaRepository {

  /**
   * @throws CheckpointException when what is stored is damaged or written by a newer version
   */
  Optional<TableSchema> find(String table);

  /** In table order. */
  List<TableSchema> schemas();

  /** Durable on return. */
  void save(TableSchema schema);
}
