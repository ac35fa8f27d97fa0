package io.kustomersync.settings;

import io.kustomersync.read.Backfill;
import io.kustomersync.sink.database.DatabaseOptions;
import java.math.BigDecimal;
import java.text.ParseException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** Text to value, one method for each kind of setting. */
final class SettingValues {
  private static final Pattern SHORT_DURATION =
      Pattern.compile("(\\d{1,6}d)?((?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}s)?)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}) ?(k|m|g)?b?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);
  private static final Duration LONGEST_LEASE = Duration.ofHours(1);
  private static final Duration LONGEST_OVERLAP = Duration.ofHours(24);
  private static final int SHORTEST_KEY = 16;
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

  static Schedule schedule(String text, Clock clock) throws Refusal {
    if (text.contains(" ") || text.contains("\t")) {
      return cron(text, clock);
    }
    Duration interval;
    try {
      interval = duration(text);
    } catch (Refusal e) {
      throw Refusal.of(
          "is neither an interval nor a Quartz cron expression; write for example 1m, PT5M or"
              + " \"0 0/15 * * * ?\"");
    }
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw Refusal.of("is shorter than 5 s; write 5s or more");
    }
    return new Schedule.Every(interval);
  }

  private static Schedule cron(String text, Clock clock) throws Refusal {
    int fields = text.split("\\s+").length;
    if (fields < 6 || fields > 7) {
      throw Refusal.of(
          "has "
              + fields
              + " fields, a Quartz cron expression has 6 or 7, seconds first; write for example"
              + " \"0 0/15 * * * ?\"");
    }
    try {
      CronExpression cron = new CronExpression(text);
      cron.setTimeZone(TimeZone.getTimeZone("UTC"));
      if (cron.getNextValidTimeAfter(Date.from(clock.instant())) == null) {
        throw Refusal.of("never comes again; write for example \"0 0/15 * * * ?\"");
      }
    } catch (ParseException e) {
      throw Refusal.of(
          "is not a Quartz cron expression ("
              + SettingsReader.shown(e.getMessage())
              + "); write for example \"0 0/15 * * * ?\"");
    }
    return new Schedule.Cron(text);
  }

  static int pageSize(String text) throws Refusal {
    if (text.equals("1")) {
      throw Refusal.of(
          "leaves no room for a new record beside the last one read, which comes again; write 2 to"
              + " 500");
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 2 || Integer.parseInt(text) > 500) {
      throw Refusal.of("is not a whole number from 2 to 500; write 500");
    }
    return Integer.parseInt(text);
  }

  static int retries(String text) throws Refusal {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 100) {
      throw Refusal.of("is not a whole number from 0 to 100; write 8");
    }
    return Integer.parseInt(text);
  }

  static int readAhead(String text) throws Refusal {
    if (!text.matches("\\d{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 16) {
      throw Refusal.of("is not a whole number from 1 to 16; write 3");
    }
    return Integer.parseInt(text);
  }

  static Backfill backfill(String text) throws Refusal {
    return switch (text) {
      case "search" -> Backfill.SEARCH;
      case "both" -> Backfill.BOTH;
      default -> throw Refusal.of("is neither search nor both; write one of them");
    };
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

  static DatabaseOptions.Deletes deletes(String text) throws Refusal {
    return switch (text) {
      case "mark" -> DatabaseOptions.Deletes.MARK;
      case "remove" -> DatabaseOptions.Deletes.REMOVE;
      default -> throw Refusal.of("is neither mark nor remove; write one of them");
    };
  }

  /** Short ones could be found by trying. */
  static Secret key(String text) throws Refusal {
    if (text.length() < SHORTEST_KEY) {
      throw Refusal.unquoted(
          "is shorter than "
              + SHORTEST_KEY
              + " characters, so that its hashes could be undone by trying; write a longer one,"
              + " for example what \"openssl rand -hex 32\" prints");
    }
    return new Secret(text);
  }

  static boolean truth(String text) throws Refusal {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusal.of("is neither true nor false; write one of them");
    };
  }

  static List<String> names(String text, Pattern form, String example) throws Refusal {
    List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      name(name, form, example);
      if (!seen.add(name)) {
        throw Refusal.of("names " + name + " twice; remove one");
      }
    }
    return names;
  }

  static String name(String name, Pattern form, String example) throws Refusal {
    if (!form.matcher(name).matches()) {
      throw Refusal.of("holds what is no name; write " + example);
    }
    return name;
  }

  /** A bearer token is printable ASCII without blanks; anything else is a slip in copying. */
  static Secret token(String text) throws Refusal {
    if (text.isEmpty()) {
      throw Refusal.unquoted("is empty; put a Kustomer API key there or remove it");
    }
    if (text.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Refusal.unquoted("begins with \"Bearer\"; put the key alone there");
    }
    if (text.chars().anyMatch(Character::isWhitespace)) {
      throw Refusal.unquoted("holds white space, which no API key does; copy the key again");
    }
    if (text.chars().anyMatch(c -> c < '!' || c > '~')) {
      throw Refusal.unquoted(
          "holds characters that no API key does; copy the key again, without \"…\" or quotes");
    }
    return new Secret(text);
  }
}
