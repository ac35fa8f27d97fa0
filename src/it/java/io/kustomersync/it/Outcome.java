package io.kustomersync.it;

/** How a process ended, and all that it said. */
record Outcome(int code, String out, String err) {

  /** Both streams, for what may be nowhere. */
  String all() {
    return out + err;
  }

  @Override
  public String toString() {
    return "exit code " + code + "\n--- out\n" + out + "--- err\n" + err;
  }
}
