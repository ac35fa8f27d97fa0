package io.kustomersync.app;

/** The command asks for what can't be; the message says why and what to write instead. */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
