package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All records of the make-believe company. Its lock guards every store: hold it ({@code
 * synchronized}) while touching one. Rendering needs no lock, as versions never change.
 */
final class World {
  static final String ORG_ID = "5f651b02c887b30019380001";
  static final String USER_ID = "5f652db64624d30019500001";

  private final SandboxOptions options;
  private final Map<String, RecordStore> stores = new LinkedHashMap<>();
  private final RecordWriter writer;

  World(SandboxOptions options) {
    this.options = options;
    Instant now = options.clock.instant();
    long to = options.to.orElse(now).toEpochMilli();
    long from =
        options.from.orElse(now.atZone(ZoneOffset.UTC).minusMonths(30).toInstant()).toEpochMilli();
    for (Kind kind : Kind.PLAIN) {
      add(kind, options.countOf(kind.name()), from, to);
    }
    for (int i = 0; i < options.klasses.size(); i++) {
      Klass klass = options.klasses.get(i);
      add(Kind.kobjects(klass, i), klass.count(), from, to);
    }
    writer = new RecordWriter(this);
    KlassRecords.of(options.klasses, from)
        .forEach(klass -> write(store("klasses"), klass, now.toEpochMilli() - 86_400_000L));
  }

  private void add(Kind kind, int count, long from, long to) {
    SandboxOptions.Ties ties =
        options.ties.getOrDefault(kind.name(), new SandboxOptions.Ties(0, false));
    Timeline timeline = new Timeline(options.seed + kind.code(), count, from, to, ties);
    boolean keepsDeleted = kind.keepsDeleted() || options.has(Quirk.ALL_DELETED_FINDABLE);
    stores.put(kind.name(), new RecordStore(kind, options.seed, timeline, keepsDeleted));
  }

  SandboxOptions options() {
    return options;
  }

  List<Klass> klasses() {
    return options.klasses;
  }

  RecordWriter writer() {
    return writer;
  }

  long now() {
    return options.clock.millis();
  }

  List<RecordStore> stores() {
    return List.copyOf(stores.values());
  }

  RecordStore store(String kind) {
    RecordStore store = stores.get(kind);
    if (store == null) {
      throw new IllegalArgumentException(
          "The sandbox has no kind \"" + kind + "\"; it has " + stores.keySet() + ".");
    }
    return store;
  }

  /** The store of a class by its name or its plural, as paths may have either. */
  Optional<RecordStore> kobjects(String nameOrPlural) {
    return options.klasses.stream()
        .filter(k -> k.name().equals(nameOrPlural) || k.plural().equals(nameOrPlural))
        .map(k -> store("kobject_" + k.name()))
        .findFirst();
  }

  /** The stores that a {@code queryContext} searches; none for a context without data. */
  List<RecordStore> searchedBy(String context) {
    List<RecordStore> found = new ArrayList<>();
    for (RecordStore store : stores.values()) {
      Kind kind = store.kind();
      boolean ofThisClass = kind.isKobject() && context.equals("kobject_" + kind.klass());
      if (kind.isSearched() && (kind.object().equals(context) || ofThisClass)) {
        found.add(store);
      }
    }
    return found;
  }

  /** Stores a new state; search sees it after the lag. */
  synchronized void write(RecordStore store, Version version) {
    store.write(version, now() + options.searchLag.toMillis());
  }

  /** Stores a hand-made record: new, or in place of the one with the same id. */
  synchronized String put(String kind, ObjectNode json, Instant writtenAt) {
    RecordStore store = store(kind);
    write(store, json, writtenAt.toEpochMilli());
    return json.path("id").asText();
  }

  private void write(RecordStore store, ObjectNode json, long writtenAt) {
    write(store, HandMade.version(store, json, writtenAt));
  }
}
