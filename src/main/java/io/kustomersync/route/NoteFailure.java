package io.kustomersync.route;

import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.TableStatus;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes why a poll failed, and stops polling what another try can't mend: the table when its role
 * is missing or the question is refused, everything when the token is.
 */
public final class NoteFailure implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(NoteFailure.class);

  private final CheckpointRepository checkpoints;
  private final PollScheduler polls;
  private final StopSignal stop;
  private final Clock clock;

  public NoteFailure(
      CheckpointRepository checkpoints, PollScheduler polls, StopSignal stop, Clock clock) {
    this.checkpoints = checkpoints;
    this.polls = polls;
    this.stop = stop;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    String table = exchange.getVariable(Variables.TABLE, String.class);
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (stop.raised()) {
      // Whatever it is, it may come from what is being closed; the next start will tell.
      LOG.info("{}: stopped; the page in hand is read again next time", table);
      LOG.debug("{}", table, failure);
    } else {
      boolean told = exchange.getVariable(Variables.WATCHER) != null;
      note(table, failure, told);
    }
    exchange.setVariable(Variables.FAILURE, failure);
  }

  /**
   * @param told whether someone waits for this poll and tells of its failure
   */
  private void note(String table, Exception failure, boolean told) {
    String message = Messages.of(failure);
    if (!told) {
      LOG.error("{}{}", message.startsWith(table + ':') ? "" : table + ": ", message);
    }
    LOG.debug("{}", table, failure);
    if (failure instanceof LeaseException) {
      polls.stopAll(failure); // what the other process notes must stand
      return;
    }
    record(table, message);
    if (failure instanceof KustomerException.Unauthorized) {
      polls.stopAll(failure);
    } else if (failure instanceof KustomerException.Forbidden
        || failure instanceof KustomerException.Refused) {
      polls.stop(table);
    }
  }

  /** Best effort: when the store itself is what failed, the log has to do. */
  private void record(String table, String message) {
    try {
      TableStatus before =
          checkpoints.statuses().stream()
              .filter(status -> status.table().equals(table))
              .findFirst()
              .orElse(
                  new TableStatus(table, 0, Optional.empty(), Optional.empty(), Optional.empty()));
      checkpoints.record(
          new TableStatus(
              table,
              before.rows(),
              before.lastPoll(),
              Optional.of(message),
              Optional.of(clock.instant())));
    } catch (CheckpointException e) {
      LOG.warn("{}: its failure could not be noted: {}", table, e.getMessage());
    }
  }
}
