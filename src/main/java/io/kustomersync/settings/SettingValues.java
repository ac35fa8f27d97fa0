package io.kustomersync.settings;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text to value: times, numbers, sizes and paths. */
final class SettingValues {
  private static final Pattern SHORT_DURATION =
      Pattern.compile("(\\d{1,6}d)?((?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}s)?)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}) ?(k|m|g)?b?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);
  private static final Duration LONGEST_LEASE = Duration.ofHours(1);
  private static final Duration LONGEST_OVERLAP = Duration.ofHours(24);
  private static final long MEGABYTE = 1024L * 1024;

  private SettingValues() {}

  static Instant startDate(String text, Clock clock) throws Refusal {
    Instant start = utc(text);
    if (start.isAfter(clock.instant())) {
      throw Refusal.of("is in the future; write a date-time that has passed");
    }
    return start;
  }

  private static Instant utc(String text) throws Refusal {
    try {
      if (DATE.matcher(text).matches()) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      if (UTC.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      throw notUtc("2017-01-25T00:00:00Z");
    }
    try {
      throw notUtc(OffsetDateTime.parse(text).toInstant().toString());
    } catch (DateTimeException e) {
      throw notUtc("2017-01-25T00:00:00Z");
    }
  }

  private static Refusal notUtc(String example) {
    return Refusal.of("is not a UTC date-time; write " + example);
  }

  static Duration overlap(String text) throws Refusal {
    Duration overlap = duration(text);
    if (overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw Refusal.of("is longer than a day; write 0s to 24h");
    }
    return overlap;
  }

  static Duration lease(String text) throws Refusal {
    Duration lease = duration(text);
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw Refusal.of("is out of range; write 5s to 1h");
    }
    return lease;
  }

  /** {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 2d}, {@code PT5M}; never negative. */
  static Duration duration(String text) throws Refusal {
    Matcher words = SHORT_DURATION.matcher(text);
    try {
      String iso = text;
      if (!text.isEmpty() && words.matches()) {
        String days = words.group(1) == null ? "" : words.group(1);
        iso = "P" + days + (words.group(2).isEmpty() ? "" : "T" + words.group(2));
      }
      Duration duration = Duration.parse(iso);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    throw Refusal.of("is not a length of time; write for example 30s, 5m, 1h or PT5M");
  }

  static int pageSize(String text) throws Refusal {
    if (text.equals("1")) {
      throw Refusal.of(
          "leaves no room for a new record beside the last one read, which comes again; write 2 to"
              + " 500");
    }
    return wholeNumber(text, 2, 500, 500);
  }

  /**
   * @param proposal what the message tells to write
   */
  static int wholeNumber(String text, int least, int most, int proposal) throws Refusal {
    int digits = Integer.toString(most).length();
    if (text.matches("\\d{1," + digits + "}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.of("is not a whole number from " + least + " to " + most + "; write " + proposal);
  }

  static double share(String text) throws Refusal {
    if (text.matches("\\d{1,3}%")) {
      BigDecimal share = new BigDecimal(text.replace("%", "")).movePointLeft(2);
      throw Refusal.of(
          "is not a share above 0 and up to 1; write "
              + share.min(BigDecimal.ONE).max(new BigDecimal("0.01")).stripTrailingZeros());
    }
    if (text.matches("\\d(\\.\\d{1,6})?")) {
      double share = Double.parseDouble(text);
      if (share > 0 && share <= 1) {
        return share;
      }
    }
    throw Refusal.of("is not a share above 0 and up to 1; write for example 0.8");
  }

  static long size(String text) throws Refusal {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      String unit = size.group(2) == null ? "" : size.group(2).toLowerCase(Locale.ROOT);
      long factor =
          switch (unit) {
            case "k" -> 1024;
            case "m" -> MEGABYTE;
            case "g" -> 1024 * MEGABYTE;
            default -> 1;
          };
      long bytes = Long.parseLong(size.group(1)) * factor;
      if (bytes >= MEGABYTE && bytes <= 1024 * MEGABYTE) {
        return bytes;
      }
    }
    throw Refusal.of("is not a size from 1MB to 1GB; write for example 64MB");
  }

  static Path path(String text, Path home) throws Refusal {
    try {
      if (!text.isEmpty()) {
        return home.resolve(text).normalize();
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw Refusal.of("is not a path; write one, relative to " + home + " or absolute");
  }
}
