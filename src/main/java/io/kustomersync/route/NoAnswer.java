package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Budget;
import io.kustomersync.api.KustomerException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns a connection that failed into an error with the place; the budget forgets the call. */
public final class NoAnswer implements Processor {

  private final Budget budget;

  public NoAnswer(Budget budget) {
    this.budget = budget;
  }

  @Override
  public void process(Exchange exchange) {
    ApiRequest request = exchange.getVariable(Variables.REQUEST, ApiRequest.class);
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    budget.failed(exchange.getVariable(Variables.CALL, Budget.Call.class));
    throw new KustomerException.Unavailable(
        request + ": no answer from Kustomer (" + Messages.of(cause) + ")", cause);
  }
}
