package io.kustomersync.route;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.route.PageRows.Unmapped;
import io.kustomersync.sink.TablePage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns the records to deliver into pages of rows, one per table. A record that no row can be made
 * of goes into the quarantine.
 */
public final class MakeRows implements Processor {

  private final PageRows rows;
  private final QuarantineRepository quarantine;
  private final boolean keepsRecords;
  private final Clock clock;

  /**
   * @param keepsRecords whether the record as sent may be stored
   */
  public MakeRows(
      PageRows rows, QuarantineRepository quarantine, boolean keepsRecords, Clock clock) {
    this.rows = rows;
    this.quarantine = quarantine;
    this.keepsRecords = keepsRecords;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Delivery delivery = exchange.getMessage().getBody(Delivery.class);
    Poll poll = Variables.poll(exchange);
    List<Unmapped> unmapped = new ArrayList<>();
    List<TablePage> pages =
        rows.of(poll.table(), delivery, Variables.rowsAhead(exchange), unmapped);
    exchange.removeVariable(Variables.ROWS_AHEAD);
    quarantine.put(unmapped.stream().map(this::entry).toList());
    poll.delivering(pages, unmapped.size());
    exchange.getMessage().setBody(pages);
  }

  private QuarantineEntry entry(Unmapped unmapped) {
    KustomerRecord record = unmapped.record();
    boolean treats = unmapped.treated();
    return new QuarantineEntry(
        unmapped.table(),
        record.id(),
        QuarantineEntry.MAPPER,
        record.updatedAt().map(Instant::toString),
        record.rev(),
        treats ? unmapped.reason().getClass().getSimpleName() : Messages.of(unmapped.reason()),
        Optional.empty(),
        keepsRecords && !treats ? Optional.of(record.raw()) : Optional.empty(),
        clock.instant());
  }
}
