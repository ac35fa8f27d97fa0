package io.kustomersync.connector;

import io.kustomersync.api.Kustomer;
import io.kustomersync.audit.SinkRows;
import io.kustomersync.audit.TableAudit;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.route.Poll;
import io.kustomersync.route.Variables;
import io.kustomersync.settings.Settings;
import io.kustomersync.sink.database.StoredRows;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Delivers by the route {@code deliver}; looks into the database sink's tables. */
record CamelSinks(
    ProducerTemplate template,
    Kustomer kustomer,
    ReadOptions reading,
    Storage storage,
    Settings settings,
    Clock clock)
    implements SinkAccess {

  @Override
  public TableAudit audit(TableDefinition table, int calls) {
    return TableAudit.of(
        table, reading, calls, kustomer, stored(table), storage.checkpoints(), clock);
  }

  @Override
  public SinkRows stored(TableDefinition table) {
    return new StoredRows(
        storage.database(),
        settings.storage().layout(),
        new SinkTables(storage.schemasToRead()).of(table));
  }

  @Override
  public void deliver(TableDefinition table, Delivery delivery) {
    Exchange exchange =
        template.send(
            "direct:deliver",
            call -> {
              call.setVariable(Variables.POLL, Poll.ofRecords(table));
              call.getMessage().setBody(delivery);
            });
    if (exchange.getException() != null) {
      throw new IllegalStateException(
          table.name() + ": a sink refused the rows", exchange.getException());
    }
  }

  @Override
  public Optional<Exception> retry(QuarantineEntry entry) {
    return new QuarantineRetry(template, storage.schemas(), storage.quarantine(), settings)
        .of(entry);
  }
}
