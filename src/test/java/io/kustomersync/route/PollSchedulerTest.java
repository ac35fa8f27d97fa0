package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

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
      await().until(() -> status(context, "poll-one") == ServiceStatus.Suspended);
      await().until(() -> status(context, "poll-two") == ServiceStatus.Suspended);
      assertThat(status(context, "deliver")).isEqualTo(ServiceStatus.Started);
    }
  }

  private static ServiceStatus status(DefaultCamelContext context, String route) {
    return context.getRouteController().getRouteStatus(route);
  }
}
