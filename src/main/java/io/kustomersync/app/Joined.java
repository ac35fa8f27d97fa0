package io.kustomersync.app;

import io.kustomersync.app.Parts.CheckpointCodec;
import io.kustomersync.app.Parts.LocalKustomer;
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
    return new Parts(CamelConnector::start, new JsonCodec(), DemoKustomer::new);
  }

  private static final class JsonCodec implements CheckpointCodec {
    @Override
    public String write(List<Checkpoint> checkpoints) {
      return CheckpointJson.writeAll(checkpoints);
    }

    @Override
    public List<Checkpoint> read(String json, String place) {
      return CheckpointJson.readAll(json, place);
    }
  }

  private static final class DemoKustomer implements LocalKustomer {
    private final SandboxKustomer sandbox = SandboxKustomer.start(SandboxOptions.demo());

    @Override
    public URI url() {
      return URI.create(sandbox.url());
    }

    @Override
    public String token() {
      return "sandbox-token";
    }

    @Override
    public void close() {
      sandbox.close();
    }
  }
}
