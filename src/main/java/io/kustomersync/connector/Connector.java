package io.kustomersync.connector;

/**
 * The connector with its routes loaded and running, nothing read yet, in the parts that callers
 * need of it. Close it to stop. Thread-safe as its parts are.
 *
 * @param closing stops what runs
 */
public record Connector(
    KustomerSource source, SyncState state, Polling polling, SinkAccess sinks, Runnable closing)
    implements AutoCloseable {

  /** The same, to be closed without effect: for whoever may use it and does not own it. */
  public Connector borrowed() {
    return new Connector(source, state, polling, sinks, () -> {});
  }

  @Override
  public void close() {
    closing.run();
  }
}
