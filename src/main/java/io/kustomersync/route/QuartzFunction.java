package io.kustomersync.route;

import io.kustomersync.settings.Refusal;
import io.kustomersync.settings.Schedule;
import io.kustomersync.settings.ScheduleParser;
import java.time.Clock;
import org.apache.camel.spi.PropertiesFunction;

/**
 * {@code {{quartz:5m}}} and {@code {{quartz:0 0/5 * * * ?}}} in a route: the words of {@code
 * kustomer.schedule} in those of the Quartz endpoint. Thread-safe.
 */
public final class QuartzFunction implements PropertiesFunction {
  private final Clock clock;

  /**
   * @param clock tells whether a cron expression ever comes again
   */
  public QuartzFunction(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String getName() {
    return "quartz";
  }

  /**
   * @throws IllegalArgumentException when {@code kustomer.schedule} would refuse it too
   */
  @Override
  public String apply(String schedule) {
    String text = schedule.strip();
    Schedule parsed;
    try {
      parsed = ScheduleParser.parse(text, clock);
    } catch (Refusal e) {
      throw new IllegalArgumentException("schedule \"" + text + "\" " + e.getMessage(), e);
    }
    if (parsed instanceof Schedule.Every every) {
      return "trigger.repeatCount=-1&trigger.repeatInterval=" + every.interval().toMillis();
    }
    return "cron=" + parsed.expression().replaceAll("\\s+", "+") + "&trigger.timeZone=UTC";
  }
}
