package io.kustomersync.checkpoint;

/** The checkpoint store can't be used as it is; the message says why and what to do. */
public sealed class CheckpointException extends RuntimeException permits LeaseException {
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
