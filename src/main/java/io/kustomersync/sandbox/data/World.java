package io.kustomersync.sandbox.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * All records of the make-believe company. Its lock guards every store: hold it ({@code
 * synchronized}) while touching one. Rendering needs no lock, as versions never change.
 */
public final class World {
  private final SandboxOptions options;
  private final RecordStores stores;
  private final RecordWriter writer;

  public World(SandboxOptions options) {
    this.options = options;
    Instant now = options.clock.instant();
    long to = options.to.orElse(now).toEpochMilli();
    long from =
        options.from.orElse(now.atZone(ZoneOffset.UTC).minusMonths(30).toInstant()).toEpochMilli();
    stores = new RecordStores(options, from, to);
    writer = new RecordWriter(stores);
    KlassRecords.of(options.klasses, from)
        .forEach(klass -> write(store("klasses"), klass, now.toEpochMilli() - 86_400_000L));
  }

  public SandboxOptions options() {
    return options;
  }

  public List<Klass> klasses() {
    return options.klasses;
  }

  public RecordWriter writer() {
    return writer;
  }

  public long now() {
    return options.clock.millis();
  }

  public RecordStores stores() {
    return stores;
  }

  public RecordStore store(String kind) {
    return stores.of(kind);
  }

  /** Stores a new state; search sees it after the lag. */
  synchronized void write(RecordStore store, Version version) {
    store.write(version, now() + options.searchLag.toMillis());
  }

  /** Stores a hand-made record: new, or in place of the one with the same id. */
  public synchronized String put(String kind, ObjectNode json, Instant writtenAt) {
    RecordStore store = store(kind);
    write(store, json, writtenAt.toEpochMilli());
    return json.path("id").asText();
  }

  private void write(RecordStore store, ObjectNode json, long writtenAt) {
    write(store, HandMade.version(store, json, writtenAt));
  }
}
