package io.kustomersync.app;

import io.kustomersync.app.Parts.CheckpointCodec;
import io.kustomersync.checkpoint.Checkpoint;
import java.util.List;

/** The real parts; the only place that names them. */
final class Joined {
  private Joined() {}

  // To join: new Parts(CamelConnector::start, <CheckpointJson>, <SandboxKustomer>)
  static Parts parts() {
    return new Parts(
        settings -> {
          throw notYet("the engine");
        },
        new CheckpointCodec() {
          @Override
          public String write(List<Checkpoint> checkpoints) {
            throw notYet("the checkpoints' JSON");
          }

          @Override
          public List<Checkpoint> read(String json) {
            throw notYet("the checkpoints' JSON");
          }
        },
        () -> {
          throw notYet("the sandbox");
        });
  }

  private static UnsupportedOperationException notYet(String what) {
    return new UnsupportedOperationException(what + " is not joined yet");
  }
}
