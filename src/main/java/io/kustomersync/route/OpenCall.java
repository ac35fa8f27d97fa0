package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the HTTP message of the call in the body. No header from anywhere else goes with it. */
public final class OpenCall implements Processor {

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    ApiRequest request = message.getBody(ApiRequest.class);
    exchange.setVariable(Variables.REQUEST, request);
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, request.method());
    message.setHeader(Exchange.HTTP_PATH, request.path());
    message.setHeader(Exchange.HTTP_RAW_QUERY, request.query());
    message.setHeader("Accept", "application/json");
    request.body().ifPresent(body -> message.setHeader(Exchange.CONTENT_TYPE, "application/json"));
    message.setBody(request.body().orElse(null));
  }
}
