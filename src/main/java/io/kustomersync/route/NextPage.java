package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerException.Forbidden;
import io.kustomersync.api.KustomerException.Refused;
import io.kustomersync.api.Page;
import io.kustomersync.route.InFlightRequests.Answered;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the next page into the body. Asks for it, and for those that may be asked beside it, through
 * the gate; while a page is delivered the next ones are on their way.
 */
public final class NextPage implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(NextPage.class);

  private final String gate;
  private final PrefetchBudget memory = PrefetchBudget.ofThisProcess();
  private ProducerTemplate template;
  private ExecutorService threads;

  /**
   * @param gate the endpoint that takes a question and answers with a page
   */
  public NextPage(String gate) {
    this.gate = gate;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Poll poll = Variables.poll(exchange);
    if (poll.requests() == null) {
      String table = exchange.getVariable(Variables.TABLE, String.class);
      ExecutorService threads = threads(exchange.getContext());
      poll.asking(new InFlightRequests(request -> ask(request, table), threads, memory));
    }
    poll.requests().delivered();
    poll.ask();
    Answered answered = poll.requests().await();
    exchange.setVariable(Variables.REQUEST, answered.request());
    exchange.setVariable(Variables.ROWS_AHEAD, answered.rows());
    exchange.getMessage().setBody(page(answered, poll));
  }

  /** What a first load asks of a list it can do without. */
  private static Page page(Answered answered, Poll poll) throws Exception {
    Exception failure = answered.failure();
    if (failure == null) {
      return answered.page();
    }
    boolean refused = failure instanceof Refused || failure instanceof Forbidden;
    if (!refused || !poll.spares(answered.request())) {
      throw failure;
    }
    LOG.warn("{}; {} is read by search alone", failure.getMessage(), poll.table().name());
    return new Page(List.of(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private synchronized ExecutorService threads(CamelContext context) {
    if (threads == null) {
      template = context.createProducerTemplate();
      threads = context.getExecutorServiceManager().newCachedThreadPool(this, "ask-kustomer");
    }
    return threads;
  }

  private Answered ask(ApiRequest request, String table) {
    Exchange question = new DefaultExchange(template.getCamelContext());
    question.setVariable(Variables.TABLE, table);
    question.getMessage().setBody(request);
    template.send(gate, question);
    Exception failure = question.getException();
    if (failure != null) {
      return Answered.failed(request, failure);
    }
    Page page = question.getMessage().getBody(Page.class);
    return Answered.with(request, page, Variables.rowsAhead(question));
  }
}
