package io.kustomersync.route;

import java.util.function.Supplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Adds the token to each call as it leaves, so that it is never in an exchange, where a log line or
 * a route's dump could show it. The client it belongs to calls one host and follows no redirect.
 */
public final class KustomerToken implements HttpClientConfigurer {

  private final Supplier<String> token;

  public KustomerToken(Supplier<String> token) {
    this.token = token;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder.addExecInterceptorFirst("abandoned-answer", new AbandonedAnswer());
    builder.disableAutomaticRetries().disableCookieManagement().disableAuthCaching();
    builder.addRequestInterceptorLast(
        (request, entity, context) ->
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.get()));
  }
}
