package io.kustomersync.app;

import io.kustomersync.checkpoint.Checkpoint;
import java.net.URI;
import java.util.List;

/**
 * What the commands are joined to.
 *
 * @param connectors starts the engine
 * @param codec turns checkpoints into JSON and back
 * @param localKustomer starts a Kustomer on this host, for the demo
 */
public record Parts(
    ConnectorFactory connectors, CheckpointCodec codec, LocalKustomerFactory localKustomer) {

  /** Checkpoints as one JSON document. */
  public interface CheckpointCodec {
    String write(List<Checkpoint> checkpoints);

    /**
     * @param place where the text is from, for messages
     * @throws io.kustomersync.checkpoint.CheckpointException when it is not such a document
     */
    List<Checkpoint> read(String json, String place);
  }

  /** A running stand-in for Kustomer. */
  public interface LocalKustomer extends AutoCloseable {
    URI url();

    String token();

    @Override
    void close();
  }

  /** Starts it on a free port of this host. */
  @FunctionalInterface
  public interface LocalKustomerFactory {
    LocalKustomer start() throws Exception;
  }
}
