package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.ServiceStatus;
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
      assertThat(context.getRouteController().getRouteStatus("deliver"))
          .isEqualTo(ServiceStatus.Started);
    }
  }

  @Test
  void whatIsStartedAfterwardsIsNotPolledEither() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("quartz://late?trigger.repeatInterval=3600000")
                  .id("poll-late")
                  .autoStartup(false)
                  .to("log:late");
            }
          });
      context.start();
      PollScheduler polls = new PollScheduler(context);
      polls.stopAll(new IllegalStateException("the key is not valid"));

      polls.start("late");

      assertThat(context.getRouteController().getRouteStatus("poll-late"))
          .isEqualTo(ServiceStatus.Stopped);
    }
  }

  private static TriggerState timer(DefaultCamelContext context, String route) throws Exception {
    QuartzEndpoint timer = (QuartzEndpoint) context.getRoute(route).getEndpoint();
    return timer.getComponent().getScheduler().getTriggerState(timer.getTriggerKey());
  }
}
