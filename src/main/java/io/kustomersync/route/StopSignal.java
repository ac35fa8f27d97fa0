package io.kustomersync.route;

/** Tells running polls to end after the page in hand. Thread-safe; can't be taken back. */
public final class StopSignal {

  private volatile boolean raised;

  public void raise() {
    raised = true;
  }

  public boolean raised() {
    return raised;
  }
}
