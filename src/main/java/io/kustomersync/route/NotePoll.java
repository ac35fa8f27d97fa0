package io.kustomersync.route;

import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.TableStatus;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes that a poll ended well. */
public final class NotePoll implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(NotePoll.class);

  private final CheckpointRepository checkpoints;
  private final Clock clock;

  public NotePoll(CheckpointRepository checkpoints, Clock clock) {
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Poll poll = Variables.poll(exchange);
    String table = poll.table().name();
    if (!poll.caughtUp()) {
      LOG.info("{}: stopped before the end, {}", table, poll.counts());
      return;
    }
    checkpoints.record(
        new TableStatus(
            table,
            poll.saved().delivered(),
            Optional.of(clock.instant()),
            Optional.empty(),
            Optional.empty()));
    if (poll.counts().delivered() > 0) {
      LOG.info("{}: up to date, {}", table, poll.counts());
    } else {
      LOG.debug("{}: nothing new", table);
    }
  }
}
