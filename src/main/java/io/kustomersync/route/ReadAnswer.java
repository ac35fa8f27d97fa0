package io.kustomersync.route;

import io.kustomersync.api.Answer;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Budget;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.RateLimit;
import io.kustomersync.api.ResponseClassifier;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads the whole answer, tells the budget what it says of the limits, and leaves a good page in
 * the body.
 */
public final class ReadAnswer implements Processor {

  private final Budget budget;
  private final long maxSize;
  private final Clock clock;
  private final ResponseClassifier sorter = new ResponseClassifier();

  /**
   * @param maxSize bytes, decompressed; a larger answer is refused
   */
  public ReadAnswer(Budget budget, long maxSize, Clock clock) {
    this.clock = clock;
    this.budget = budget;
    this.maxSize = maxSize;
  }

  @Override
  public void process(Exchange exchange) {
    ApiRequest request = exchange.getVariable(Variables.REQUEST, ApiRequest.class);
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    Budget.Call call = exchange.getVariable(Variables.CALL, Budget.Call.class);
    Map<String, String> headers = headers(message);
    Answer answer;
    try {
      answer = new Answer(status, headers, body(request, message));
    } catch (IOException e) {
      budget.failed(call);
      throw new KustomerException.Unavailable(
          request + ": the connection broke in the middle of the answer", e);
    } catch (KustomerException.Refused tooLarge) {
      tell(call, new Answer(status, headers, new byte[0]));
      throw tooLarge;
    }
    tell(call, answer);
    message.removeHeaders("*");
    message.setBody(sorter.page(request, answer));
  }

  private void tell(Budget.Call call, Answer answer) {
    budget.answered(call, answer.status(), RateLimit.of(answer, clock.instant()));
  }

  private static Map<String, String> headers(Message message) {
    Map<String, String> headers = new HashMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                headers.put(name.toLowerCase(Locale.ROOT), text);
              }
            });
    return headers;
  }

  private byte[] body(ApiRequest request, Message message) throws IOException {
    Object body = message.getBody();
    if (!(body instanceof InputStream)) {
      return new byte[0];
    }
    try (InputStream stream = (InputStream) body) {
      byte[] bytes = stream.readNBytes((int) Math.min(maxSize, Integer.MAX_VALUE - 8));
      if (stream.read() >= 0) {
        throw new KustomerException.Refused(
            200,
            request
                + ": the answer is larger than "
                + maxSize
                + " bytes; lower kustomer.page-size or raise kustomer.max-answer-size");
      }
      return bytes;
    }
  }
}
