package io.kustomersync.it.fire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the program and a PostgreSQL server, understands as much of its protocol as
 * needed, and now and then cuts the connection when the server answers that it has committed: the
 * program can't know whether it has.
 */
final class CommitCut implements AutoCloseable {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int serverPort;
  private final int every;
  private final int most;
  private final AtomicInteger commits = new AtomicInteger();
  private final List<String> cut = new CopyOnWriteArrayList<>();

  /**
   * @param every of so many commits that wrote something, one is not answered
   * @param most after so many, all are answered
   */
  CommitCut(int serverPort, int every, int most) throws IOException {
    this.serverPort = serverPort;
    this.every = every;
    this.most = most;
    threads.submit(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What the transactions had written whose commit was not answered, in order. */
  List<String> cut() {
    return cut;
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      Session session = new Session(client, new Socket(socket.getInetAddress(), serverPort));
      threads.submit(session::fromClient);
      threads.submit(session::fromServer);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }

  /** One connection through here. */
  private final class Session {
    private final Socket client;
    private final Socket server;
    private final Map<String, String> statements = new HashMap<>();
    private volatile String writes = "";

    Session(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    private Void fromClient() throws IOException {
      try (client;
          server) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        byte[] start = message(in);
        while (isAsked(start, SSL_REQUEST) || isAsked(start, GSS_REQUEST)) {
          client.getOutputStream().write('N');
          start = message(in);
        }
        send(out, start);
        while (true) {
          int type = in.readUnsignedByte();
          byte[] body = message(in);
          note(type, body);
          out.write(type);
          send(out, body);
        }
      }
    }

    private Void fromServer() throws IOException {
      try (client;
          server) {
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        while (true) {
          int type = in.readUnsignedByte();
          byte[] body = message(in);
          if (type == 'C' && text(body, 0).equals("COMMIT") && isToBeCut()) {
            return null;
          }
          out.write(type);
          send(out, body);
        }
      }
    }

    private boolean isToBeCut() {
      String written = writes;
      writes = "";
      if (written.isEmpty() || commits.incrementAndGet() % every != 0 || cut.size() >= most) {
        return false;
      }
      cut.add(written);
      return true;
    }

    /** Parse names a statement's text, Bind says which statement is next. */
    private void note(int type, byte[] body) {
      if (type == 'P') {
        String name = text(body, 0);
        statements.put(name, text(body, name.length() + 1));
      } else if (type == 'B') {
        int portal = text(body, 0).length() + 1;
        String sql = statements.getOrDefault(text(body, portal), "");
        String start = sql.strip().toUpperCase(Locale.ROOT);
        if (start.startsWith("INSERT") || start.startsWith("UPDATE")) {
          writes = sql;
        }
      }
    }

    /** The length counts itself. */
    private static byte[] message(DataInputStream in) throws IOException {
      return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static void send(DataOutputStream out, byte[] body) throws IOException {
      out.writeInt(body.length + Integer.BYTES);
      out.write(body);
      out.flush();
    }

    private static boolean isAsked(byte[] body, int code) {
      return body.length == Integer.BYTES && java.nio.ByteBuffer.wrap(body).getInt() == code;
    }

    private static String text(byte[] body, int from) {
      int end = from;
      while (end < body.length && body[end] != 0) {
        end++;
      }
      return new String(body, from, end - from, StandardCharsets.UTF_8);
    }
  }
}
