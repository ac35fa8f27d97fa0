package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.checkpoint.Lease;
import io.kustomersync.settings.SettingKind.Choice;
import io.kustomersync.settings.SettingKind.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads of the settings is what is declared. */
class SettingsCatalogueTest {
  private static final SettingType.Context CONTEXT =
      new SettingType.Context(
          Path.of("/home"), Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));

  private static final Pattern OPTION =
      Pattern.compile("\\{\\{\\??(kustomer\\.sink\\.[a-z.-]+?)(?::([^}]*))?}}");

  static Stream<Arguments> written() {
    return Stream.of(
        Arguments.of("application.properties", ShippedProperties.text()),
        Arguments.of("docs/settings.md", SettingsPage.text()));
  }

  static Stream<Setting<?>> settings() {
    return SettingsCatalogue.entries().stream()
        .filter(Setting.class::isInstance)
        .map(entry -> (Setting<?>) entry);
  }

  /** {@code -Dkustomer.write=true} writes it anew. */
  @ParameterizedTest
  @MethodSource("written")
  void theFileIsWhatTheDeclarationsSay(String file, String text) throws IOException {
    if (Boolean.getBoolean("kustomer.write")) {
      Files.writeString(Path.of(file), text);
    }

    assertThat(Files.readString(Path.of(file)))
        .as(
            "%s is written from the settings' declarations: change those, then run%n  mvn -q test"
                + " -Dtest=SettingsCatalogueTest -Dkustomer.write=true",
            file)
        .isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyDefaultAndExampleIsTaken(Setting<?> setting) {
    Stream.of(setting.defaultText(), setting.example())
        .flatMap(java.util.Optional::stream)
        .forEach(text -> assertThatCode(() -> parse(setting, text)).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingIsExplainedAndNoSecretHasAValue(Setting<?> setting) {
    assertThat(setting.description()).endsWith(".").doesNotContain("\n");
    if (setting.secret()) {
      assertThat(setting.defaultText()).isEmpty();
      assertThat(setting.example()).isEmpty();
    }
    if (setting.type().kind() instanceof Choice choice) {
      assertThat(choice.values()).containsAll(setting.defaultText().stream().toList());
    }
  }

  @Test
  void noKeyIsDeclaredTwice() {
    assertThat(settings().flatMap(setting -> setting.keys().stream())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "kustomer.page-size, 0, 501",
    "kustomer.read-ahead, 0, 17",
    "kustomer.retries, -1, 101",
    "kustomer.overlap, -1s, 86401s",
    "kustomer.lease, 4s, 3601s",
    "kustomer.max-answer-size, 1048575, 1073741825"
  })
  void aRangeIsWhatTheParserTakes(String key, String below, String above) {
    Setting<?> setting =
        settings().filter(candidate -> candidate.key().equals(key)).findFirst().orElseThrow();
    Range range = (Range) setting.type().kind();

    assertThatCode(() -> parse(setting, range.least())).doesNotThrowAnyException();
    assertThatCode(() -> parse(setting, range.most())).doesNotThrowAnyException();
    assertThatThrownBy(() -> parse(setting, below)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> parse(setting, above)).isInstanceOf(Refusal.class);
  }

  @Test
  void everyRangeHasItsLimitsTried() {
    assertThat(settings().filter(setting -> setting.type().kind() instanceof Range)).hasSize(6);
  }

  @Test
  void aChoiceTakesItsWordsAndNoOther() {
    List<Setting<?>> choices = new ArrayList<>();
    settings()
        .filter(setting -> setting.section() != Section.SINKS)
        .filter(setting -> setting.type().kind() instanceof Choice)
        .forEach(choices::add);

    assertThat(choices)
        .isNotEmpty()
        .allSatisfy(
            setting -> {
              assertThat(((Choice) setting.type().kind()).values())
                  .allSatisfy(word -> parse(setting, word));
              assertThatThrownBy(() -> parse(setting, "other")).isInstanceOf(Refusal.class);
            });
  }

  @Test
  void theSinksOptionsAreThoseThatTheirFilesUse() throws IOException {
    Map<String, String> used = new TreeMap<>();
    try (Stream<Path> sinks = Files.list(Path.of("routes/sinks"))) {
      for (Path sink : sinks.toList()) {
        OPTION
            .matcher(Files.readString(sink))
            .results()
            .forEach(
                option ->
                    used.put(option.group(1), option.group(2) == null ? "" : option.group(2)));
      }
    }
    Map<String, String> declared = new TreeMap<>();
    SinkCatalogue.OPTIONS.forEach(
        option -> declared.put(option.key(), option.defaultText().orElse("")));

    assertThat(declared).isNotEmpty().isEqualTo(used);
  }

  @Test
  void thePagesOfSinksTellTheDefaults() throws IOException {
    Map<String, String> told = new TreeMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `(kustomer\\.[a-z.-]+)` \\| `([^`]*)` \\|");
    try (Stream<Path> pages = Files.walk(Path.of("docs/sinks"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        row.matcher(Files.readString(page))
            .results()
            .forEach(cells -> told.put(cells.group(1), cells.group(2)));
      }
    }
    Map<String, String> declared = new TreeMap<>();
    settings().forEach(setting -> declared.put(setting.key(), setting.defaultText().orElse("")));

    assertThat(told).isNotEmpty();
    assertThat(declared).containsAllEntriesOf(told);
  }

  @Test
  void karafsFileNamesSettingsOnly() throws IOException {
    List<String> known = settings().flatMap(setting -> setting.keys().stream()).toList();

    assertThat(
            Pattern.compile("(?m)^#(\\S+) = ")
                .matcher(Files.readString(Path.of("src/main/karaf/io.kustomersync.cfg")))
                .results()
                .map(line -> line.group(1)))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(known).contains(key));
  }

  @Test
  void theLeaseLastsAsLongAsItsDefaultSays() throws Refusal {
    assertThat(parse(DeliveryCatalogue.LEASE, "30s")).isEqualTo(Lease.TERM);
    assertThat(DeliveryCatalogue.LEASE.defaultText()).contains("30s");
  }

  private static <T> T parse(Setting<T> setting, String text) throws Refusal {
    return setting.type().parser().parse(text, CONTEXT);
  }
}
