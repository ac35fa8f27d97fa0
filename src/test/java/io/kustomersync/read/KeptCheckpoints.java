package io.kustomersync.read;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.TableStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpoints in memory. */
public final class KeptCheckpoints implements CheckpointRepository {

  private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
  private final Map<String, TableStatus> statuses = new TreeMap<>();

  @Override
  public Optional<Checkpoint> find(String table) {
    return Optional.ofNullable(checkpoints.get(table));
  }

  @Override
  public List<Checkpoint> all() {
    return List.copyOf(checkpoints.values());
  }

  @Override
  public List<String> storedTables() {
    return List.copyOf(checkpoints.keySet());
  }

  @Override
  public void save(Checkpoint checkpoint) {
    checkpoints.put(checkpoint.table(), checkpoint);
  }

  @Override
  public void replace(Checkpoint checkpoint) {
    save(checkpoint);
  }

  @Override
  public void delete(String table) {
    checkpoints.remove(table);
  }

  @Override
  public List<TableStatus> statuses() {
    return List.copyOf(statuses.values());
  }

  @Override
  public void record(TableStatus status) {
    statuses.put(status.table(), status);
  }
}
