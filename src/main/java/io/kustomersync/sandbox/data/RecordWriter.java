package io.kustomersync.sandbox.data;

import java.util.HashMap;
import java.util.Map;

/** Turns versions into the JSON that Kustomer would send. Safe for use by many threads. */
public final class RecordWriter {
  private final RecordStores stores;
  private final Map<String, Template> templates = new HashMap<>();

  RecordWriter(RecordStores stores) {
    this.stores = stores;
    for (RecordStore store : stores.all()) {
      String name = store.kind().template();
      if (!name.equals("klass")) {
        templates.computeIfAbsent(name, each -> Template.load(each, Parts::named));
      }
    }
  }

  public void write(StringBuilder out, RecordStore store, Version version) {
    if (version.isHandMade()) {
      out.append(version.body());
    } else {
      templates.get(store.kind().template()).write(out, TemplateSubject.of(stores, store, version));
    }
  }

  String text(RecordStore store, Version version) {
    StringBuilder out = new StringBuilder();
    write(out, store, version);
    return out.toString();
  }
}
