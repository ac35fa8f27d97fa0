package io.kustomersync.schema;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads the ISO 8601 forms that Kustomer's fields hold: a date and time with {@code Z} or an
 * offset, or a plain date. By hand, since every record has several and java.time's parser is ten
 * times slower.
 */
final class TimestampText {

  private static final int MAX_FRACTION_DIGITS = 9;

  private final String text;
  private int at;

  private TimestampText(String text) {
    this.text = text;
  }

  /**
   * The offset is kept; a plain date is its midnight in UTC. Empty for anything that would lose or
   * invent something: no offset, more than nine digits of a second, leap seconds.
   */
  static Optional<OffsetDateTime> parse(String text) {
    if (text.length() < 10 || text.length() > 35) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TimestampText(text).read());
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private OffsetDateTime read() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    int day = digits(2);
    if (at == text.length()) {
      return OffsetDateTime.of(year, month, day, 0, 0, 0, 0, ZoneOffset.UTC);
    }
    if (text.charAt(at) != 'T' && text.charAt(at) != ' ') {
      throw new DateTimeException(text);
    }
    at++;
    int hour = digits(2);
    expect(':');
    int minute = digits(2);
    int second = 0;
    int nano = 0;
    if (text.charAt(at) == ':') {
      at++;
      second = digits(2);
      if (text.charAt(at) == '.') {
        at++;
        nano = fraction();
      }
    }
    return OffsetDateTime.of(
        LocalDateTime.of(year, month, day, hour, minute, second, nano), offset());
  }

  private ZoneOffset offset() {
    char sign = text.charAt(at++);
    if (sign == 'Z' && at == text.length()) {
      return ZoneOffset.UTC;
    }
    if (sign != '+' && sign != '-') {
      throw new DateTimeException(text);
    }
    int hours = digits(2);
    int minutes = 0;
    if (at < text.length()) {
      if (text.charAt(at) == ':') {
        at++;
      }
      minutes = digits(2);
    }
    if (at != text.length()) {
      throw new DateTimeException(text);
    }
    return sign == '-'
        ? ZoneOffset.ofHoursMinutes(-hours, -minutes)
        : ZoneOffset.ofHoursMinutes(hours, minutes);
  }

  private int fraction() {
    int value = 0;
    int count = 0;
    while (isDigit(text.charAt(at))) {
      value = value * 10 + (text.charAt(at++) - '0');
      count++;
      if (count > MAX_FRACTION_DIGITS) {
        throw new DateTimeException(text);
      }
    }
    if (count == 0) {
      throw new DateTimeException(text);
    }
    for (; count < MAX_FRACTION_DIGITS; count++) {
      value *= 10;
    }
    return value;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(at++);
      if (!isDigit(c)) {
        throw new DateTimeException(text);
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private void expect(char c) {
    if (text.charAt(at++) != c) {
      throw new DateTimeException(text);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
