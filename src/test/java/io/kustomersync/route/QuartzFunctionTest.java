package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A table's {@code every} understands what {@code kustomer.schedule} does. */
class QuartzFunctionTest {
  private final QuartzFunction quartz =
      new QuartzFunction(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));

  @Test
  void intervalsOfAllKinds() {
    assertThat(quartz.apply("2d"))
        .isEqualTo("trigger.repeatCount=-1&trigger.repeatInterval=172800000");
    assertThat(quartz.apply("1d12h")).endsWith("=129600000");
    assertThat(quartz.apply("PT5M")).endsWith("=300000");
    assertThat(quartz.apply(" 30s ")).endsWith("=30000");
  }

  @Test
  void cronExpressions() {
    assertThat(quartz.apply("0 0/15 * * * ?"))
        .isEqualTo("cron=0+0/15+*+*+*+?&trigger.timeZone=UTC");
    assertThat(quartz.apply("0\t0/15 * * *  ?"))
        .isEqualTo("cron=0+0/15+*+*+*+?&trigger.timeZone=UTC");
  }

  @Test
  void whatTheSettingRefusesIsRefusedHereToo() {
    assertThatThrownBy(() -> quartz.apply("1s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schedule \"1s\" is shorter than 5 s; write 5s or more");
    assertThatThrownBy(() -> quartz.apply("often"))
        .hasMessageContaining("is neither an interval nor a Quartz cron expression; write");
    assertThatThrownBy(() -> quartz.apply("0 0 0 1 1 ? 2020"))
        .hasMessageContaining("never comes again");
  }
}
