package io.kustomersync.settings;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a value looks like and how it is read.
 *
 * @param kind what a person is told of it
 * @param parser agrees with the kind; SettingsCatalogueTest tries its limits
 */
public record SettingType<T>(SettingKind kind, Parser<T> parser) {

  /** What a text is read against. */
  public record Context(Path home, Clock clock) {}

  /** Text to value. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * @param text without white space around it, but for passwords
     * @throws Refusal says what is wrong and what to write
     */
    T parse(String text, Context context) throws Refusal;
  }

  /** A parser that needs nothing besides the text. */
  @FunctionalInterface
  interface PlainParser<T> {
    T parse(String text) throws Refusal;
  }

  static final SettingType<String> TEXT = of(SettingKind.Plain.TEXT, text -> text);

  static final SettingType<Boolean> TRUTH =
      new SettingType<>(
          SettingKind.Plain.TRUTH, choice(choices("true", true, "false", false)).parser());

  static final SettingType<Path> PATH =
      new SettingType<>(
          SettingKind.Plain.PATH, (text, context) -> SettingValues.path(text, context.home()));

  /** A database's address, paths in it resolved. */
  static final SettingType<String> JDBC_URL =
      new SettingType<>(
          SettingKind.Plain.URL, (text, context) -> JdbcUrl.check(text, context.home()));

  static <T> SettingType<T> of(SettingKind kind, PlainParser<T> parser) {
    return new SettingType<>(kind, (text, context) -> parser.parse(text));
  }

  static SettingType<Secret> secret(PlainParser<Secret> parser) {
    return of(SettingKind.Plain.SECRET, parser);
  }

  /**
   * @param proposal what a message tells to write
   */
  static SettingType<Integer> wholeNumber(int least, int most, int proposal) {
    return of(
        new SettingKind.Range(
            SettingKind.Measure.WHOLE_NUMBER, Integer.toString(least), Integer.toString(most)),
        text -> SettingValues.wholeNumber(text, least, most, proposal));
  }

  /**
   * @param example what a message tells to write
   */
  static SettingType<String> name(Pattern form, String example) {
    return of(SettingKind.Plain.TEXT, text -> NameValues.name(text, form, example));
  }

  /**
   * @param example what a message tells to write
   */
  static SettingType<List<String>> names(Pattern form, String example) {
    return of(SettingKind.Plain.NAMES, text -> NameValues.names(text, form, example));
  }

  /** One of several words; {@link #choices} makes the map. */
  static <T> SettingType<T> choice(Map<String, T> values) {
    List<String> words = List.copyOf(values.keySet());
    return of(
        new SettingKind.Choice(words),
        text -> {
          T value = values.get(text);
          if (value == null) {
            throw Refusal.of("is neither " + String.join(" nor ", words) + "; write one of them");
          }
          return value;
        });
  }

  /** In this order. */
  static <T> Map<String, T> choices(String first, T one, String second, T other) {
    Map<String, T> values = new LinkedHashMap<>();
    values.put(first, one);
    values.put(second, other);
    return values;
  }
}
