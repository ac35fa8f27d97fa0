package io.kustomersync.connector;

import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.route.Retry;
import io.kustomersync.schema.RowJson;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.settings.Settings;
import io.kustomersync.sink.TablePage;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;

/** Gives a row of the quarantine once more to the sink that refused it. */
record QuarantineRetry(
    ProducerTemplate template,
    SchemaRepository schemas,
    QuarantineRepository quarantine,
    Settings settings) {

  Optional<Exception> of(QuarantineEntry entry) {
    if (entry.row().isEmpty()) {
      return Optional.of(
          new UsageException(
              "the quarantine has no row of it; it is read again after its next change in Kustomer, or"
                  + " after \"kustomer-sync reset\" of its table"));
    }
    if (!settings.sinks().names().contains(entry.place())) {
      return Optional.of(
          new UsageException("the sink " + entry.place() + " is not among kustomer.sinks"));
    }
    TableSchema known =
        schemas.find(entry.table()).orElseGet(() -> TableSchema.empty(entry.table()));
    TableSchema schema = settings.columns().rules().of(known);
    Optional<Exception> failure =
        Retry.give(
            template,
            new TablePage(schema, List.of(RowJson.read(entry.row().get(), schema))),
            entry.place(),
            settings.connection().resource());
    if (failure.isEmpty()) {
      quarantine.forget(entry.table(), List.of(entry.id()), List.of(entry.place()));
    }
    return failure;
  }
}
