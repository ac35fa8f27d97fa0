package io.kustomersync.route;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.read.Reading;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableWalk;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Begins a poll of the table that the variable {@code table} names, where its checkpoint ends. */
public final class OpenCheckpoint implements Processor {

  private static final Consumer<Poll> NOBODY = poll -> {};

  private final Tables tables;
  private final CheckpointRepository checkpoints;
  private final Reading reading;
  private final StopSignal stop;
  private final Clock clock;

  public OpenCheckpoint(
      Tables tables,
      CheckpointRepository checkpoints,
      Reading reading,
      StopSignal stop,
      Clock clock) {
    this.tables = tables;
    this.checkpoints = checkpoints;
    this.reading = reading;
    this.stop = stop;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    TableDefinition table = tables.get(exchange.getVariable(Variables.TABLE, String.class));
    Checkpoint saved =
        checkpoints.find(table.name()).orElseGet(() -> Checkpoint.start(table.name()));
    TableWalk walk = TableWalk.open(table, saved, reading, clock);
    @SuppressWarnings("unchecked")
    Consumer<Poll> watcher = exchange.getVariable(Variables.WATCHER, NOBODY, Consumer.class);
    exchange.setVariable(Variables.POLL, new Poll(table, walk, saved, stop, watcher));
  }
}
