package io.kustomersync.checkpoint;

/** The checkpoint store can't be used as it is; the message says why and what to do. */
public final class CheckpointException extends RuntimeException {
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
