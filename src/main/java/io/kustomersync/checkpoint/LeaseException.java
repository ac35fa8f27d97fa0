package io.kustomersync.checkpoint;

/** Another process works on these checkpoints, so this one must not. */
public final class LeaseException extends CheckpointException {

  /** For who finds another at work. */
  public LeaseException(LeaseHolder other) {
    this(
        "another Kustomer Sync works on these checkpoints: "
            + other
            + "; stop it, or wait for it with --wait (sync and run)");
  }

  LeaseException(String message) {
    super(message, null);
  }
}
