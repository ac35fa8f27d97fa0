package io.kustomersync.route;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableReader;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Begins a poll of the table that the variable {@code table} names, where its checkpoint ends.
 * Waits while another poll of it is under way: a container's shell can ask for one beside the
 * schedule.
 */
public final class OpenCheckpoint implements Processor {

  private static final Consumer<Poll> NOBODY = poll -> {};

  private final Tables tables;
  private final CheckpointRepository checkpoints;
  private final ReadOptions reading;
  private final StopSignal stop;
  private final Clock clock;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

  public OpenCheckpoint(
      Tables tables,
      CheckpointRepository checkpoints,
      ReadOptions reading,
      StopSignal stop,
      Clock clock) {
    this.tables = tables;
    this.checkpoints = checkpoints;
    this.reading = reading;
    this.stop = stop;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    TableDefinition table = tables.get(exchange.getVariable(Variables.TABLE, String.class));
    Semaphore turn = turns.computeIfAbsent(table.name(), name -> new Semaphore(1, true));
    turn.acquire();
    boolean opened = false;
    try {
      Poll poll = open(table, exchange);
      exchange.setVariable(Variables.POLL, poll);
      exchange
          .getExchangeExtension()
          .addOnCompletion(
              new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                  poll.close();
                  turn.release();
                }
              });
      opened = true;
    } finally {
      if (!opened) {
        turn.release();
      }
    }
  }

  private Poll open(TableDefinition table, Exchange exchange) {
    Checkpoint saved =
        checkpoints.find(table.name()).orElseGet(() -> Checkpoint.start(table.name()));
    TableReader walk = TableReader.open(table, saved, reading, clock);
    @SuppressWarnings("unchecked")
    Consumer<Poll> watcher = exchange.getVariable(Variables.WATCHER, NOBODY, Consumer.class);
    return new Poll(table, walk, saved, stop, watcher);
  }
}
