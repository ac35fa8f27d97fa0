package io.kustomersync.route;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.apache.camel.spi.PropertiesFunction;

/**
 * {@code {{quartz:5m}}} and {@code {{quartz:0 0/5 * * * ?}}} in a route: the words of {@code
 * kustomer.schedule} in those of the Quartz endpoint. Stateless.
 */
public final class QuartzFunction implements PropertiesFunction {

  @Override
  public String getName() {
    return "quartz";
  }

  @Override
  public String apply(String schedule) {
    if (schedule.strip().contains(" ")) {
      return "cron=" + schedule.strip().replace(' ', '+') + "&trigger.timeZone=UTC";
    }
    return "trigger.repeatCount=-1&trigger.repeatInterval=" + interval(schedule).toMillis();
  }

  /**
   * @throws IllegalArgumentException when it is neither {@code 30s}, {@code 5m}, {@code 1h} nor
   *     {@code PT5M}
   */
  static Duration interval(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "schedule \""
              + text
              + "\" is neither an interval nor a cron expression; write 5m or"
              + " 0 0/5 * * * ?",
          e);
    }
  }
}
