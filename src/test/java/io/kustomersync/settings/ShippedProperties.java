package io.kustomersync.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The {@code application.properties} shipped, as the catalogue has it. */
final class ShippedProperties {
  private static final int WIDTH = 120;
  private static final int HEADING = 100;
  private static final String HEAD =
      """
      # Settings of Kustomer Sync. All with what they take: docs/settings.md
      # A # before a key means: as shown is the default, or an example where the line above ends in "For example:".
      # The environment overrides this file (kustomer.api-token is KUSTOMER_API_TOKEN), --set key=value overrides both.
      # Paths are relative to the folder of this file.
      """;

  private final List<String> lines = new ArrayList<>(HEAD.lines().toList());
  private String lastComment = "";

  private ShippedProperties() {}

  static String text() {
    ShippedProperties file = new ShippedProperties();
    for (Section section : Section.values()) {
      String page = section.page().map(place -> ": " + place).orElse("");
      file.section(section.title() + page, of(section).filter(entry -> !entry.seldom()));
      if (section == Section.DELIVERY) {
        // Those of sinks are many and stand in docs/ only.
        file.section(
            "Seldom needed",
            SettingsCatalogue.entries().stream()
                .filter(entry -> entry.seldom() && entry.section() != Section.SINKS));
      }
    }
    return String.join("\n", file.lines) + "\n";
  }

  private static Stream<CatalogueEntry> of(Section section) {
    return SettingsCatalogue.entries().stream().filter(entry -> entry.section() == section);
  }

  private void section(String title, Stream<CatalogueEntry> entries) {
    lines.add("");
    String heading = "# --- " + title + " ";
    lines.add(heading + "-".repeat(HEADING - heading.length()));
    entries.forEach(this::entry);
  }

  private void entry(CatalogueEntry entry) {
    if (entry instanceof Setting<?> setting) {
      comment(said(setting));
      String value =
          setting
              .defaultText()
              .or(() -> setting.follows().flatMap(Setting::defaultText))
              .or(setting::example)
              .orElse("");
      setting.keys().forEach(key -> lines.add("#" + key + "=" + value));
    } else if (entry instanceof SettingFamily family) {
      String examples = family.examples().isEmpty() ? "" : " For example:";
      comment(family.pattern() + ": " + family.description() + examples);
      family.examples().forEach(example -> lines.add("#" + example));
    }
  }

  private static String said(Setting<?> setting) {
    List<String> sentences = new ArrayList<>(List.of(setting.description()));
    setting.type().kind().limits().ifPresent(sentences::add);
    if (setting.secret()) {
      sentences.add(
          "Better in the environment variable "
              + Setting.variable(setting.key())
              + " or in a file of its own:");
    }
    setting.example().ifPresent(example -> sentences.add("For example:"));
    return String.join(" ", sentences);
  }

  /** Settings that are explained by the same words share them. */
  private void comment(String text) {
    if (text.equals(lastComment)) {
      return;
    }
    lastComment = text;
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }
}
