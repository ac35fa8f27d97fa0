package io.kustomersync.sandbox;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Dates as search bodies write them (kustomer-api.md §3.1): a plain date, which alone is shifted by
 * the time zone, or a date-time with {@code Z} or an offset, {@code T} or a space, and up to nine
 * fraction digits, of which milliseconds count.
 */
final class DateOperand {
  private DateOperand() {}

  /** Epoch milliseconds. */
  static long parse(String attribute, String text, ZoneId zone) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
      }
      return OffsetDateTime.parse(text.replaceFirst("^(\\S{10}) ", "$1T"))
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      throw RefusedCall.badParameter(attribute, "Invalid date", "\"" + text + "\" is not a date");
    }
  }
}
