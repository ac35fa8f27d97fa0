package io.kustomersync.sink;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Times as ISO 8601 with offset, what {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME} gives. By hand
 * for the usual ones, since every row has several and java.time's formatter is many times slower.
 */
public final class TimeText {

  private TimeText() {}

  public static String of(OffsetDateTime time) {
    int year = time.getYear();
    if (year < 0 || year > 9999) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    StringBuilder text = new StringBuilder(35);
    digits(text, year, 1000);
    digits(text.append('-'), time.getMonthValue(), 10);
    digits(text.append('-'), time.getDayOfMonth(), 10);
    digits(text.append('T'), time.getHour(), 10);
    digits(text.append(':'), time.getMinute(), 10);
    digits(text.append(':'), time.getSecond(), 10);
    fraction(text, time.getNano());
    return text.append(time.getOffset().getId()).toString();
  }

  private static void digits(StringBuilder text, int value, int place) {
    int rest = value;
    for (int at = place; at > 0; at /= 10) {
      text.append((char) ('0' + rest / at));
      rest %= at;
    }
  }

  /** No more digits than it has. */
  private static void fraction(StringBuilder text, int nano) {
    if (nano == 0) {
      return;
    }
    text.append('.');
    int rest = nano;
    for (int place = 100_000_000; rest > 0; place /= 10) {
      text.append((char) ('0' + rest / place));
      rest %= place;
    }
  }
}
