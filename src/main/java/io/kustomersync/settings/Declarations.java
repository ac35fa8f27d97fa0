package io.kustomersync.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects entries as a class declares them, so that none is listed a second time. */
final class Declarations {
  private final List<CatalogueEntry> entries = new ArrayList<>();

  /**
   * @return the entry itself
   */
  <T extends CatalogueEntry> T add(T entry) {
    entries.add(entry);
    return entry;
  }

  /** In the order of the declarations; a view. */
  List<CatalogueEntry> entries() {
    return Collections.unmodifiableList(entries);
  }
}
