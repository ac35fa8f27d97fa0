package io.kustomersync.settings;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * Reads when to poll: an interval ({@code 30s}, {@code 2d}, {@code PT5M}) or a Quartz cron
 * expression. The same for {@code kustomer.schedule} and for {@code every} of a table. Stateless.
 */
public final class ScheduleParser {
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);

  private ScheduleParser() {}

  /**
   * @throws Refusal when it is neither, shorter than 5 s, or never comes again
   */
  public static Schedule parse(String text, Clock clock) throws Refusal {
    if (text.contains(" ") || text.contains("\t")) {
      return cron(text, clock);
    }
    Duration interval;
    try {
      interval = SettingValues.duration(text);
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
              + MessageText.shown(e.getMessage())
              + "); write for example \"0 0/15 * * * ?\"");
    }
    return new Schedule.Cron(text);
  }
}
