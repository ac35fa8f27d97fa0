package io.kustomersync.sandbox.data;

import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores of all kinds. Immutable; the stores themselves are guarded by {@link World}. */
public final class RecordStores {
  private final SandboxOptions options;
  private final Map<String, RecordStore> stores = new LinkedHashMap<>();

  /**
   * @param from of the records made at the start, with {@code to}: epoch milliseconds
   */
  RecordStores(SandboxOptions options, long from, long to) {
    this.options = options;
    for (Kind kind : Kind.PLAIN) {
      add(kind, options.countOf(kind.name()), from, to);
    }
    for (int i = 0; i < options.klasses.size(); i++) {
      Klass klass = options.klasses.get(i);
      add(Kind.kobjects(klass, i), klass.count(), from, to);
    }
  }

  private void add(Kind kind, int count, long from, long to) {
    SandboxOptions.Ties ties =
        options.ties.getOrDefault(kind.name(), new SandboxOptions.Ties(0, false));
    Timeline timeline = new Timeline(options.seed + kind.code(), count, from, to, ties);
    boolean keepsDeleted = kind.keepsDeleted() || options.has(Quirk.ALL_DELETED_FINDABLE);
    stores.put(kind.name(), new RecordStore(kind, options.seed, timeline, keepsDeleted));
  }

  public SandboxOptions options() {
    return options;
  }

  public List<RecordStore> all() {
    return List.copyOf(stores.values());
  }

  public RecordStore of(String kind) {
    RecordStore store = stores.get(kind);
    if (store == null) {
      throw new IllegalArgumentException(
          "The sandbox has no kind \"" + kind + "\"; it has " + stores.keySet() + ".");
    }
    return store;
  }

  /** The store of a class by its name or its plural, as paths may have either. */
  public Optional<RecordStore> kobjects(String nameOrPlural) {
    return options.klasses.stream()
        .filter(k -> k.name().equals(nameOrPlural) || k.plural().equals(nameOrPlural))
        .map(k -> of("kobject_" + k.name()))
        .findFirst();
  }

  /** The stores that a {@code queryContext} searches; none for a context without data. */
  public List<RecordStore> searchedBy(String context) {
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
}
