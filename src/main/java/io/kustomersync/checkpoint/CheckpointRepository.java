package io.kustomersync.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * Holds one {@link Checkpoint} per table of a resource. Safe for use by several threads, one per
 * table.
 */
public interface CheckpointRepository {

  /**
   * @throws CheckpointException when what is stored is damaged, belongs to another company or was
   *     written by a newer version; never empty for those
   */
  Optional<Checkpoint> find(String table);

  /** In table order. */
  List<Checkpoint> all();

  /** The tables that have one, in order, be it damaged or not. */
  List<String> storedTables();

  /** Stores it in one transaction; on return it is durable. */
  void save(Checkpoint checkpoint);

  /** Puts it in the place of whatever is stored, ledger and all; for a restored checkpoint. */
  void replace(Checkpoint checkpoint);

  /** Forgets one table's position, so that it is read again from the start date. */
  void delete(String table);

  /** How each table's last polls went, in table order. */
  List<TableStatus> statuses();

  /** Replaces what is known of that table's polls. */
  void record(TableStatus status);
}
