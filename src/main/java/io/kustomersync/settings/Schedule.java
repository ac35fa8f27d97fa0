package io.kustomersync.settings;

import java.time.Duration;

/** When {@code run} polls each table. */
public sealed interface Schedule {

  /** As {@code {{quartz:…}}} in the routes takes it. */
  String expression();

  /** At start and then again and again. At least 5 s. */
  record Every(Duration interval) implements Schedule {
    @Override
    public String expression() {
      return interval.toString();
    }

    @Override
    public String toString() {
      return "every " + interval.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A Quartz expression of six or seven fields that fires at least once more; read in UTC. */
  record Cron(String expression) implements Schedule {
    @Override
    public String toString() {
      return "at " + expression + " UTC";
    }
  }
}
