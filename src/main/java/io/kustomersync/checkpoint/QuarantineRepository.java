package io.kustomersync.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Holds what could not be stored, one entry per record and place. Thread-safe. */
public interface QuarantineRepository {

  /** By table, place and id. */
  List<QuarantineEntry> all();

  /** How many entries each table has; tables without any are absent. */
  Map<String, Long> counts();

  /** Durable on return; replaces what is held of the same records and places. */
  void put(List<QuarantineEntry> entries);

  /**
   * Forgets what is held of these records, now that a version of theirs went through.
   *
   * @param places sinks, or {@link QuarantineEntry#MAPPER}
   */
  void forget(String table, Collection<String> ids, Collection<String> places);
}
