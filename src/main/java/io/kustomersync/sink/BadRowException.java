package io.kustomersync.sink;

/**
 * Thrown by a sink that can't take a row because of what is in it, however often it is tried: the
 * row goes to the quarantine and the poll goes on. For a sink that is down throw anything else.
 */
public final class BadRowException extends RuntimeException {
  public BadRowException(String message) {
    super(message);
  }

  public BadRowException(String message, Throwable cause) {
    super(message, cause);
  }
}
