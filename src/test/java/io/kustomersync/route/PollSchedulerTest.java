package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.quartz.Trigger.TriggerState;

class PollSchedulerTest {

  @Test
  void whereNothingCanBePolledAnyMoreNothingIs() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("quartz://one?trigger.repeatInterval=3600000").id("poll-one").to("log:one");
              from("quartz://two?trigger.repeatInterval=3600000").id("poll-two").to("log:two");
              from("direct:deliver").id("deliver").to("log:deliver");
            }
          });
      context.start();
      PollScheduler polls = new PollScheduler(context);
      Exception reason = new IllegalStateException("the key is not valid");

      polls.stopAll(reason);

      assertThat(polls.end()).isCompletedWithValue(reason);
      assertThat(timer(context, "poll-one")).isEqualTo(TriggerState.PAUSED);
      assertThat(timer(context, "poll-two")).isEqualTo(TriggerState.PAUSED);
    }
  }

  private static TriggerState timer(DefaultCamelContext context, String route) throws Exception {
    QuartzEndpoint timer = (QuartzEndpoint) context.getRoute(route).getEndpoint();
    return timer.getComponent().getScheduler().getTriggerState(timer.getTriggerKey());
  }
}
