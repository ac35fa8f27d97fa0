package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.route.Questions.Answered;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Puts the next page into the body. Asks for it, and for those that may be asked beside it, through
 * the gate; while a page is delivered the next ones are on their way.
 */
public final class NextPage implements Processor {

  private final String gate;
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
    if (poll.questions() == null) {
      String table = exchange.getVariable(Variables.TABLE, String.class);
      poll.asking(new Questions(request -> ask(request, table), threads(exchange.getContext())));
    }
    poll.ask();
    Answered answered = poll.questions().await();
    if (answered.failure() != null) {
      throw answered.failure();
    }
    exchange.setVariable(Variables.REQUEST, answered.request());
    exchange.getMessage().setBody(answered.page());
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
    Page page = failure == null ? question.getMessage().getBody(Page.class) : null;
    return new Answered(request, page, failure);
  }
}
