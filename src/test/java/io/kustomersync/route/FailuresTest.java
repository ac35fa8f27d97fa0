package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.Budget;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.Pool;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The retry policy that {@code routes/failures.camel.yaml} holds, around a step that fails. */
class FailuresTest {

  static Stream<Named<Processor>> hopeless() {
    Budget closed = new Budget(1);
    closed.close();
    return Stream.of(
        Named.of("the token is refused", failing(new KustomerException.Unauthorized("no"))),
        Named.of("the role is missing", failing(new KustomerException.Forbidden("no"))),
        Named.of("the question is wrong", failing(new KustomerException.Refused(400, "no"))),
        Named.of("the thread is to end", failing(new InterruptedException())),
        Named.of("the budget is closed", exchange -> closed.acquire(Pool.SEARCH, "customers")));
  }

  private static Processor failing(Exception failure) {
    return exchange -> {
      throw failure;
    };
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void whatAnotherTryCanNotMendIsTriedOnce(Processor step) throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getRegistry().bind("noteRetry", new NoteRetry());
      context.getRegistry().bind("badRows", new BadRows());
      Properties settings = new Properties();
      settings.setProperty("kustomer.retries", "3");
      context.getPropertiesComponent().setInitialProperties(settings);
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              List.of(ResourceHelper.resolveResource(context, "file:routes/failures.camel.yaml")));
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:step")
                  .process(
                      exchange -> {
                        tries.incrementAndGet();
                        step.process(exchange);
                      });
            }
          });
      context.start();

      assertThat(context.createProducerTemplate().send("direct:step", exchange -> {}).isFailed())
          .isTrue();
    }
    assertThat(tries).hasValue(1);
  }
}
