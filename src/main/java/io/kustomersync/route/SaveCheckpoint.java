package io.kustomersync.route;

import io.kustomersync.checkpoint.CheckpointRepository;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Saves how far the table is delivered, and tells whoever watches. */
public final class SaveCheckpoint implements Processor {

  private final CheckpointRepository checkpoints;

  public SaveCheckpoint(CheckpointRepository checkpoints) {
    this.checkpoints = checkpoints;
  }

  @Override
  public void process(Exchange exchange) {
    Variables.poll(exchange).save(checkpoints);
  }
}
