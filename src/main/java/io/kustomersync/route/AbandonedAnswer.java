package io.kustomersync.route;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Closes the connection of an answer that nobody reads to its end. The client would read on to use
 * the connection again, for ever if the answer has no end. Stateless.
 */
final class AbandonedAnswer implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    return WatchedAnswer.by(new Unread(scope.execRuntime), chain.proceed(request, scope));
  }

  private static final class Unread implements WatchedAnswer.Watcher {
    private final ExecRuntime connection;
    private boolean ended;

    Unread(ExecRuntime connection) {
      this.connection = connection;
    }

    @Override
    public void ended() {
      ended = true;
    }

    @Override
    public void beforeClose() {
      if (!ended) {
        connection.discardEndpoint();
      }
    }
  }
}
