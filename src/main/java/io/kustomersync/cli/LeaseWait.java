package io.kustomersync.cli;

import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.SyncState;
import java.time.Duration;
import java.util.Optional;

/** Makes this process the only one that works on its checkpoints. */
final class LeaseWait {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private LeaseWait() {}

  /**
   * @param wait until whoever is at work ends, rather than fail
   * @throws LeaseException that says who is at work
   */
  static void take(SyncState state, boolean wait, Terminal terminal) throws InterruptedException {
    Optional<LeaseHolder> other = state.takeLease();
    if (other.isPresent() && !wait) {
      throw new LeaseException(other.get());
    }
    if (other.isPresent()) {
      terminal.tell("Waiting for the Kustomer Sync at work: " + other.get() + ".");
    }
    while (other.isPresent()) {
      Thread.sleep(PAUSE.toMillis());
      other = state.takeLease();
    }
  }
}
