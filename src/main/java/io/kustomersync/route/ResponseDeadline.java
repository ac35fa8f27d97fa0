package io.kustomersync.route;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Cuts an answer off that is not all there in time, even if it goes on to arrive byte by byte: the
 * client's own {@code responseTimeout} begins anew with each byte. Works on the connection itself,
 * since Camel reads a compressed body before any step sees it. Stateless.
 */
public final class ResponseDeadline implements HttpClientConfigurer {

  private final HttpClientConfigurer others;
  private final Duration longest;

  /**
   * @param others what else the client needs
   */
  public ResponseDeadline(HttpClientConfigurer others, long longestMillis) {
    this.others = others;
    this.longest = Duration.ofMillis(longestMillis);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    others.configureHttpClient(builder);
    builder.addExecInterceptorAfter(ChainElement.COMPRESS.name(), "in-time", this::watch);
  }

  private ClassicHttpResponse watch(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    long end = System.nanoTime() + longest.toNanos();
    return WatchedAnswer.by(new InTime(end, scope.execRuntime), chain.proceed(request, scope));
  }

  private final class InTime implements WatchedAnswer.Watcher {
    private final long end;
    private final ExecRuntime connection;

    InTime(long end, ExecRuntime connection) {
      this.end = end;
      this.connection = connection;
    }

    @Override
    public void beforeRead() throws IOException {
      if (System.nanoTime() - end > 0) {
        connection.discardEndpoint(); // else closing the stream would wait for the rest
        throw new InterruptedIOException(
            "the answer was not complete after " + longest.toSeconds() + " s");
      }
    }
  }
}
