package io.kustomersync.connector;

/** The command asks for what can't be; the message says why and what to write instead. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
