package io.kustomersync.connector;

import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.checkpoint.QuarantineRepository;
import java.util.Optional;

/** How far the tables are, and who may move them on. Thread-safe. */
public interface SyncState {

  CheckpointRepository checkpoints();

  QuarantineRepository quarantine();

  /**
   * Makes this process the only one that works on the checkpoints, until closed. Whoever writes has
   * to; {@link Polling} does it by itself.
   *
   * @return who is at work instead; empty when this process now is
   * @throws io.kustomersync.checkpoint.LeaseException when another has overtaken this process
   */
  Optional<LeaseHolder> takeLease();
}
