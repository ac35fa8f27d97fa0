package io.kustomersync.app;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointJson;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.SandboxOptions;
import java.net.URI;
import java.util.List;

/** The real parts; the only place that names them. */
final class Joined {
  private Joined() {}

  static Parts parts() {
    return new Parts(
        CamelConnector::start,
        new Parts.CheckpointCodec() {
          @Override
          public String write(List<Checkpoint> checkpoints) {
            return CheckpointJson.writeAll(checkpoints);
          }

          @Override
          public List<Checkpoint> read(String json) {
            return CheckpointJson.readAll(json, "the file");
          }
        },
        () -> new Sandbox(SandboxKustomer.start(SandboxOptions.demo())));
  }

  private record Sandbox(SandboxKustomer kustomer) implements Parts.LocalKustomer {
    @Override
    public URI url() {
      return URI.create(kustomer.url());
    }

    @Override
    public String token() {
      return "sandbox-token";
    }

    @Override
    public void close() {
      kustomer.close();
    }
  }
}
