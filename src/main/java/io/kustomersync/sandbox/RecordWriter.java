package io.kustomersync.sandbox;

import java.util.HashMap;
import java.util.Map;

/** Turns versions into the JSON that Kustomer would send. Safe for use by many threads. */
final class RecordWriter {
  private final World world;
  private final Map<String, Template> templates = new HashMap<>();

  RecordWriter(World world) {
    this.world = world;
    for (RecordStore store : world.stores()) {
      String name = store.kind().template();
      if (!name.equals("klass")) {
        templates.computeIfAbsent(name, each -> Template.load(each, Parts::named));
      }
    }
  }

  void write(StringBuilder out, RecordStore store, Version version) {
    if (version.isHandMade()) {
      out.append(version.body());
    } else {
      templates.get(store.kind().template()).write(out, Subject.of(world, store, version));
    }
  }

  String text(RecordStore store, Version version) {
    StringBuilder out = new StringBuilder();
    write(out, store, version);
    return out.toString();
  }
}
