package io.kustomersync.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page {@code docs/settings.md}, as the catalogue has it. */
final class SettingsPage {
  private static final Path FOLDER = Path.of("docs");

  /** Within backquotes nothing is Markdown. */
  private static final Pattern CODE_OR_MARK = Pattern.compile("`[^`]*`|[<|*_]");

  private static final String HEAD =
      """
      # Settings

      Settings stand in `application.properties`, one `key=value` a line. The environment overrides the
      file: `kustomer.start-date` is `KUSTOMER_START_DATE`. On the command line, `--set key=value`
      overrides both. In Apache Karaf they stand in `etc/io.kustomersync.cfg` ([karaf.md](karaf.md)).

      A wrong value or an unknown name is refused at start, with its place and what to write instead.

      - Paths are relative to the folder of `application.properties`.
      - A length of time is written `30s`, `5m`, `1h30m`, `2d` or `PT5M`.
      - A secret is best given in the environment. Or write it to a file and name the file in the
        setting that ends in `-file`.
      """;

  private SettingsPage() {}

  static String text() {
    List<String> lines = new ArrayList<>(HEAD.lines().toList());
    for (Section section : Section.values()) {
      lines.add("");
      lines.add("## " + section.title());
      lines.add("");
      section
          .page()
          .map(page -> FOLDER.relativize(Path.of(page)).toString())
          .ifPresent(
              page -> {
                lines.add("More: [" + page + "](" + page + ").");
                lines.add("");
              });
      lines.addAll(table(section, false));
      List<String> seldom = table(section, true);
      if (!seldom.isEmpty()) {
        lines.addAll(List.of("", "Less often needed:", ""));
        lines.addAll(seldom);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** Empty if there is nothing to show. */
  private static List<String> table(Section section, boolean seldom) {
    List<String> rows =
        SettingsCatalogue.entries().stream()
            .filter(entry -> entry.section() == section && entry.seldom() == seldom)
            .map(SettingsPage::row)
            .toList();
    return rows.isEmpty()
        ? rows
        : Stream.concat(
                Stream.of("| setting | default | takes | what it is |", "|---|---|---|---|"),
                rows.stream())
            .toList();
  }

  private static String row(CatalogueEntry entry) {
    if (entry instanceof Setting<?> setting) {
      return row(
          String.join(" or ", setting.keys().stream().map(SettingsPage::code).toList()),
          setting
              .defaultText()
              .map(SettingsPage::code)
              .or(() -> setting.follows().map(other -> "as " + code(other.key())))
              .orElse(""),
          setting.type().kind().words()
              + setting.example().map(example -> ", e.g. " + code(example)).orElse(""),
          entry);
    }
    SettingFamily family = (SettingFamily) entry;
    return row(
        code(family.pattern()),
        "",
        family.examples().stream().findFirst().map(example -> "e.g. " + code(example)).orElse(""),
        entry);
  }

  private static String row(String name, String byDefault, String takes, CatalogueEntry entry) {
    return "| " + String.join(" | ", name, byDefault, takes, plain(entry.description())) + " |";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** So that it shows as it is. */
  private static String plain(String text) {
    return CODE_OR_MARK
        .matcher(text)
        .replaceAll(
            found -> found.group().startsWith("`") ? found.group() : "\\\\" + found.group());
  }
}
