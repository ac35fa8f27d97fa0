package io.kustomersync.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body, watched while it is read. */
final class WatchedAnswer extends HttpEntityWrapper {

  /** Told of one body, by the thread that reads it. */
  interface Watcher {
    /** Throws to end the reading. */
    default void beforeRead() throws IOException {}

    /** All of it is read. */
    default void ended() {}

    default void beforeClose() throws IOException {}
  }

  private final Watcher watcher;

  private WatchedAnswer(HttpEntity whole, Watcher watcher) {
    super(whole);
    this.watcher = watcher;
  }

  /** The same answer; one without a body is left alone. */
  static ClassicHttpResponse by(Watcher watcher, ClassicHttpResponse answer) {
    HttpEntity whole = answer.getEntity();
    if (whole != null) {
      answer.setEntity(new WatchedAnswer(whole, watcher));
    }
    return answer;
  }

  @Override
  public InputStream getContent() throws IOException {
    InputStream content = super.getContent();
    return content == null ? null : new Content(content);
  }

  private final class Content extends FilterInputStream {
    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      watcher.beforeRead();
      return noted(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      watcher.beforeRead();
      return noted(super.read(bytes, from, length));
    }

    private int noted(int read) {
      if (read < 0) {
        watcher.ended();
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      watcher.beforeClose();
      super.close();
    }
  }
}
