package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Budget;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.Pool;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReadAnswerTest {
  private final Budget budget =
      new Budget(
          0.5,
          new Budget.Ticks() {
            @Override
            public long nanos() {
              return 0;
            }

            @Override
            public void await(Condition changed, long nanos) {
              throw new AssertionError("waits " + nanos / 1_000_000_000 + " s");
            }
          });

  /** Else it would stay in flight for two minutes, and every table would wait for its word. */
  @Test
  void anAnswerThatIsTooLargeEndsItsCall() throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setVariable(Variables.REQUEST, ApiRequest.get("/v1/users", "page=1"));
    exchange.setVariable(Variables.CALL, budget.acquire(Pool.ORG, "users"));
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setHeader("X-RateLimit-Limit", "1000");
    exchange.getMessage().setHeader("X-RateLimit-Remaining", "900");
    exchange.getMessage().setBody(new ByteArrayInputStream(new byte[101]));

    assertThatThrownBy(() -> new ReadAnswer(budget, 100, Clock.systemUTC()).process(exchange))
        .isInstanceOf(KustomerException.Refused.class)
        .hasMessageContaining("larger than 100 bytes");

    budget.acquire(Pool.ORG, "tags"); // does not wait
    assertThat(budget.snapshot().org().limit()).as("its headers count").isEqualTo(1_000);
    assertThat(budget.snapshot().org().remaining()).isEqualTo(OptionalInt.of(900));
  }
}
