package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Makes a local server reachable by HTTPS under a name of its own, with a certificate for it: plain
 * HTTP is only spoken with this host, whose name is never looked up.
 */
final class TlsFront implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final int target;
  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param folder for keys
   * @param target the server's port
   */
  TlsFront(Path folder, String host, int target) throws Exception {
    this.folder = folder;
    this.target = target;
    keytool(
        "-genkeypair -alias server -keystore keys.p12 -keyalg RSA -keysize 2048"
            + (" -dname CN=" + host + " -ext san=dns:" + host));
    keytool("-exportcert -alias server -keystore keys.p12 -file server.crt");
    keytool("-importcert -noprompt -alias server -keystore trust.p12 -file server.crt");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments.split(" ")));
    line.addAll(List.of("-storepass", PASSWORD));
    Path said = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Makes a Java trust the certificate. */
  String javaOptions() {
    return "-Djavax.net.ssl.trustStore="
        + folder.resolve("trust.p12")
        + " -Djavax.net.ssl.trustStorePassword="
        + PASSWORD;
  }

  /** Ends all connections: who goes on has to look the name up. */
  void cut() {
    open.forEach(TlsFront::end);
    open.clear();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(client);
      open.add(server);
      threads.submit(() -> pass(client, server));
      threads.submit(() -> pass(server, client));
    }
  }

  private static Void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
    return null;
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it has ended already
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    cut();
    threads.shutdownNow();
  }
}
