package io.kustomersync.connector;

import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.route.Poll;
import io.kustomersync.route.PollCounts;
import io.kustomersync.route.PollScheduler;
import io.kustomersync.route.StopSignal;
import io.kustomersync.route.Variables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Polls by the route {@code poll}, and by those of the schedule. */
record CamelPolling(
    ProducerTemplate template, PollScheduler polls, Storage storage, StopSignal stop, Clock clock)
    implements Polling {

  @Override
  public Result sync(TableDefinition table, Listener listener) {
    Instant begin = clock.instant();
    try {
      storage.requireLease();
    } catch (CheckpointException e) {
      return new Result(progress(table, null), Duration.ZERO, Optional.of(e));
    }
    Consumer<Poll> watcher = poll -> listener.delivered(progress(table, poll));
    Exchange exchange =
        template.send(
            "direct:poll",
            call -> {
              call.setVariable(Variables.TABLE, table.name());
              call.setVariable(Variables.WATCHER, watcher);
            });
    Exception failure = exchange.getVariable(Variables.FAILURE, Exception.class);
    Poll poll = exchange.getVariable(Variables.POLL, Poll.class);
    if (failure == null && exchange.getException() != null) {
      failure = exchange.getException();
    }
    boolean stopped = stop.raised() && (failure != null || !poll.caughtUp());
    if (stopped && !(failure instanceof LeaseException)) {
      failure = new InterruptedException("stopped before the end; the next sync goes on from here");
    }
    return new Result(
        progress(table, poll),
        Duration.between(begin, clock.instant()),
        Optional.ofNullable(failure));
  }

  private static Progress progress(TableDefinition table, Poll poll) {
    PollCounts counts = poll == null ? PollCounts.NONE : poll.counts();
    return new Progress(
        table.name(),
        counts.read(),
        counts.delivered(),
        counts.unchanged(),
        counts.deleted(),
        counts.quarantined(),
        poll == null || poll.remaining().isEmpty()
            ? Optional.empty()
            : Optional.of(poll.remaining().getAsLong()));
  }

  @Override
  public void startSchedule(Collection<TableDefinition> chosen) {
    storage.open(); // a schedule that can't save anything is not begun
    storage.requireLease();
    for (TableDefinition table : chosen) {
      polls.start(table.name());
    }
  }

  @Override
  public CompletableFuture<Exception> end() {
    return polls.end();
  }
}
