package io.kustomersync.it;

import java.nio.file.Path;

/** Artemis in a process of its own; it runs until it is killed. */
public final class ArtemisAlone {

  private ArtemisAlone() {}

  /** The folder of the journal, and the port. */
  public static void main(String[] arguments) throws Exception {
    try (ArtemisServer broker =
        new ArtemisServer(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      Thread.currentThread().join();
      broker.stop();
    }
  }
}
