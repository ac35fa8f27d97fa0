package io.kustomersync.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Closes the connection of an answer that nobody reads to its end. The client would read on to use
 * the connection again, for ever if the answer has no end. Stateless.
 */
final class AbandonedAnswer implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      response.setEntity(new Body(entity, scope.execRuntime));
    }
    return response;
  }

  private static final class Body extends HttpEntityWrapper {
    private final ExecRuntime connection;

    Body(HttpEntity whole, ExecRuntime connection) {
      super(whole);
      this.connection = connection;
    }

    @Override
    public InputStream getContent() throws IOException {
      InputStream content = super.getContent();
      return content == null ? null : new Content(content, connection);
    }
  }

  private static final class Content extends FilterInputStream {
    private final ExecRuntime connection;
    private boolean ended;

    Content(InputStream in, ExecRuntime connection) {
      super(in);
      this.connection = connection;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      ended |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        connection.discardEndpoint();
      }
      super.close();
    }
  }
}
