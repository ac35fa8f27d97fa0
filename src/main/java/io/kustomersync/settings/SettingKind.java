package io.kustomersync.settings;

import java.util.List;
import java.util.Optional;

/** What a value looks like: enough for a page of documentation or a form's field. */
public sealed interface SettingKind {

  /** For a table's cell, e.g. {@code a whole number, 2 to 500}. */
  String words();

  /** As a sentence of its own, e.g. {@code From 2 to 500.}; empty where nothing limits it. */
  default Optional<String> limits() {
    return Optional.empty();
  }

  /** Kinds that are told by their name alone. */
  enum Plain implements SettingKind {
    TEXT("text"),
    WHOLE_NUMBER("a whole number"),
    /** {@code true} or {@code false}. */
    TRUTH("`true` or `false`"),
    /** Separated by commas. */
    NAMES("names, with commas between"),
    /** Never shown; may stand in a file named by the key with {@code -file}. */
    SECRET("a secret"),
    PATH("a path"),
    URL("a URL"),
    /** Of UTC. */
    DATE_TIME("a UTC date or date-time"),
    /** An interval or a Quartz cron expression. */
    SCHEDULE("an interval or a cron expression");

    private final String words;

    Plain(String words) {
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }
  }

  /** A decimal above 0, at most 1. */
  record Share() implements SettingKind {
    @Override
    public String words() {
      return "a number above 0, up to 1";
    }

    @Override
    public Optional<String> limits() {
      return Optional.of("Above 0, up to 1.");
    }
  }

  /** What a range is of. */
  enum Measure {
    WHOLE_NUMBER("a whole number"),
    /** Such as {@code 90s}, {@code 5m}, {@code 1h30m}, {@code PT5M}. */
    DURATION("a length of time"),
    /** Such as {@code 64MB}. */
    SIZE("a size");

    private final String words;

    Measure(String words) {
      this.words = words;
    }
  }

  /**
   * @param least as a user writes it; allowed, as {@code most} is
   */
  record Range(Measure measure, String least, String most) implements SettingKind {
    @Override
    public String words() {
      return measure.words + ", " + least + " to " + most;
    }

    @Override
    public Optional<String> limits() {
      return Optional.of("From " + least + " to " + most + ".");
    }
  }

  /** One of several words. */
  record Choice(List<String> values) implements SettingKind {
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String words() {
      List<String> quoted = values.stream().map(value -> "`" + value + "`").toList();
      int last = quoted.size() - 1;
      return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }
  }
}
