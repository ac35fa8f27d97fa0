package io.kustomersync.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a broker and counts what is sent to it, so that something can happen to the broker
 * in the middle of a page. The rest of what was counted never gets there.
 */
final class CountingProxy implements AutoCloseable {

  /** What happens; the connection that brought the bytes waits for its end. */
  interface Incident {
    void happen() throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong at = new AtomicLong(Long.MAX_VALUE);
  private final AtomicBoolean happened = new AtomicBoolean();
  private volatile Incident incident = () -> {};

  /**
   * @param target the broker's port
   */
  CountingProxy(int target) throws IOException {
    this.target = target;
    inBackground(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Once so many more bytes were sent. */
  void after(long bytes, Incident incident) {
    this.incident = incident;
    at.set(sent.get() + bytes);
  }

  boolean happened() {
    return happened.get();
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      try {
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        inBackground(() -> pump(client, broker, true));
        inBackground(() -> pump(broker, client, false));
      } catch (IOException e) {
        client.close(); // the broker is down
      }
    }
  }

  private void pump(Socket from, Socket to, boolean counted) throws IOException {
    byte[] buffer = new byte[4096];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (counted && sent.addAndGet(length) >= at.get() && happened.compareAndSet(false, true)) {
          try {
            incident.happen();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
        out.write(buffer, 0, length);
      }
    }
  }

  /** A step that may end with the connection. */
  private interface Task {
    void run() throws IOException;
  }

  private static void inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // one of the two ends is gone, which is what the tests are about
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
