package io.kustomersync.it.fire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * Puts a clock that jumps in the place of the one that the routes use. Lives, like {@link
 * KillPoint}, in a jar that only the tests put into {@code lib/}.
 */
public final class ClockJump implements CamelContextAware {
  /** How far the clock is off, one after the other, as durations parted by commas. */
  static final String OFFSETS = "clock.offsets";

  private CamelContext context;

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext camel) {
    context = camel;
    camel
        .getRegistry()
        .bind(
            "clock",
            new Jumping(
                Stream.of(System.getProperty(OFFSETS, "PT0S").split(","))
                    .map(Duration::parse)
                    .toList()));
  }

  /** Jumps every few times that it is asked. */
  private static final class Jumping extends Clock {
    private static final int SAME = 5;

    private final List<Duration> offsets;
    private final AtomicInteger asked = new AtomicInteger();

    Jumping(List<Duration> offsets) {
      this.offsets = offsets;
    }

    @Override
    public Instant instant() {
      int now = asked.getAndIncrement() / SAME % offsets.size();
      return Clock.systemUTC().instant().plus(offsets.get(now));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
