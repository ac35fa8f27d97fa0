package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Budget;
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
    budget.acquire(exchange.getMessage().getBody(ApiRequest.class).pool());
  }
}
