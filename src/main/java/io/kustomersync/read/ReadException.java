package io.kustomersync.read;

/** ReadOptions on could lose records, so it stopped. The message names the table and the place. */
public final class ReadException extends RuntimeException {
  public ReadException(String message) {
    super(message);
  }
}
