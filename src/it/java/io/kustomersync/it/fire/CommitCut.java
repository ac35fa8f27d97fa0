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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between the program and a PostgreSQL server, understands as much of its protocol as
 * needed, and now and then cuts the connection when the server answers that it has committed: the
 * program can't know whether it has.
 */
final class CommitCut implements AutoCloseable {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  private static final Pattern WRITE =
      Pattern.compile("\\s*(?:INSERT\\s+INTO|UPDATE)\\s+\"?(\\w+)", Pattern.CASE_INSENSITIVE);

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int serverPort;
  private final int every;
  private final int most;
  private final Map<String, Integer> commits = new ConcurrentHashMap<>();
  private final List<String> cut = new CopyOnWriteArrayList<>();

  /**
   * Counts by the table that a transaction wrote to last. One count of all commits would not do:
   * how the tables' commits follow each other differs from machine to machine, and with some orders
   * one table's would never be chosen.
   *
   * @param every of so many commits that wrote to a table, one is not answered
   * @param most after so many of a table, all of it are answered
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

  /** The tables that were written to last before a commit was not answered, in order. */
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
    private volatile String written = "";

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
      String table = written;
      written = "";
      if (table.isEmpty()) {
        return false;
      }
      int count = commits.merge(table, 1, Integer::sum);
      if (count % every != 0 || count / every > most) {
        return false;
      }
      cut.add(table);
      return true;
    }

    /** Parse names a statement's text, Bind says which statement is next. */
    private void note(int type, byte[] body) {
      if (type == 'P') {
        String name = text(body, 0);
        statements.put(name, text(body, name.length() + 1));
      } else if (type == 'B') {
        int portal = text(body, 0).length() + 1;
        Matcher write = WRITE.matcher(statements.getOrDefault(text(body, portal), ""));
        if (write.lookingAt()) {
          written = write.group(1);
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
