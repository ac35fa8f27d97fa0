package io.kustomersync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.Polling.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void saysAtMostOneLineEachTenSecondsWithRateAndRemaining() {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    PlainDisplay display = new PlainDisplay(new Terminal(writer, writer, 100, false), clock());

    display.begun("users");
    for (int second = 1; second <= 25; second++) {
      now = now.plusSeconds(1);
      display.delivered(
          new Progress("users", second * 500L, second * 400L, 0, 0, 0, Optional.of(90_000L)));
    }

    assertThat(said.toString().lines())
        .containsExactly(
            "users: begun",
            "users: 5,000 read, 4,000 written, 500/s, 90,000 remaining, about 3 min",
            "users: 10,000 read, 8,000 written, 500/s, 90,000 remaining, about 3 min");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
