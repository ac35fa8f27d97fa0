package io.kustomersync.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Date-times as Kustomer writes and reads them: ISO 8601, milliseconds and {@code Z} for its own
 * fields (kustomer-api.md §5).
 */
public final class KustomerTime {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private KustomerTime() {}

  /**
   * @return empty for anything but a date-time with an offset or {@code Z}, in the years 1 to 9999
   */
  public static Optional<Instant> parse(String text) {
    try {
      if (isUsualForm(text)) {
        return Optional.of(usualForm(text));
      }
      OffsetDateTime time = OffsetDateTime.parse(text, ISO);
      return time.getYear() >= 1 && time.getYear() <= 9999
          ? Optional.of(time.toInstant())
          : Optional.empty();
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /** Milliseconds and {@code Z}, always three digits; smaller fractions are cut off. */
  public static String floor(Instant instant) {
    return MILLIS.format(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  /** Like {@link #floor}, but up to the next whole millisecond. */
  public static String ceiling(Instant instant) {
    Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
    return MILLIS.format(whole.equals(instant) ? whole : whole.plusMillis(1));
  }

  /** {@code 2025-03-02T08:44:10.907Z}: nearly every time is written so, and read twice a record. */
  private static boolean isUsualForm(String text) {
    if (text.length() != 24) {
      return false;
    }
    for (int i = 0; i < 24; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case 19 -> c == '.';
            case 23 -> c == 'Z';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return false;
      }
    }
    return !text.startsWith("0000");
  }

  private static Instant usualForm(String text) {
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19),
            digits(text, 20, 23) * 1_000_000)
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
