package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Budget;
import io.kustomersync.api.Pool;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Waits until Kustomer's limits, and the share left to others, allow the call in the body. */
public final class AwaitBudget implements Processor {

  private final Budget budget;

  public AwaitBudget(Budget budget) {
    this.budget = budget;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    Pool pool = exchange.getMessage().getBody(ApiRequest.class).pool();
    String table = exchange.getVariable(Variables.TABLE, "", String.class);
    exchange.setVariable(Variables.CALL, budget.acquire(pool, table));
  }
}
