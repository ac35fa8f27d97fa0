package io.kustomersync.settings;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every setting, declared once in {@link KustomerCatalogue}, {@link DeliveryCatalogue}, {@link
 * SinkCatalogue} and {@link ColumnCatalogue}. Parsing, suggestions, {@code application.properties}
 * and {@code docs/settings.md} come from there, in the order of the declarations.
 */
public final class SettingsCatalogue {
  private static final SettingFamily CAMEL =
      new SettingFamily(
          Section.CAMEL,
          "camel.<option>",
          "Goes to Apache Camel as it is; what could break a promise is refused.",
          List.of());

  private static final List<CatalogueEntry> ENTRIES =
      Stream.of(
              KustomerCatalogue.ENTRIES,
              DeliveryCatalogue.ENTRIES,
              SinkCatalogue.ENTRIES,
              ColumnCatalogue.ENTRIES,
              List.of(CAMEL))
          .<CatalogueEntry>flatMap(List::stream)
          .sorted(Comparator.comparing(CatalogueEntry::section))
          .toList();

  private static final List<String> KEYS =
      ENTRIES.stream()
          .filter(entry -> entry instanceof Setting && entry.section() != Section.SINKS)
          .flatMap(entry -> ((Setting<?>) entry).keys().stream())
          .toList();

  private SettingsCatalogue() {}

  /** All that can be set, section by section. */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /** The keys that are settings whatever routes there are: all but the sinks' options. */
  static List<String> keys() {
    return KEYS;
  }
}
