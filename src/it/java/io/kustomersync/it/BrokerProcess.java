package io.kustomersync.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/**
 * A real broker in a process of its own, at a port of its own, with its data on disk: to be killed,
 * frozen and started again.
 */
final class BrokerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(120);

  private final List<String> command;
  private final Path log;
  private final int port;
  private Process process;

  private BrokerProcess(List<String> command, Path log, int port) {
    this.command = command;
    this.log = log;
    this.port = port;
  }

  /** Artemis, with an acceptor for its own protocol and AMQP 1.0. */
  static BrokerProcess artemis(Path folder) throws IOException {
    int port = freePort();
    List<String> command =
        java(ArtemisAlone.class.getName(), folder.resolve("broker").toString(), "" + port);
    return new BrokerProcess(command, folder.resolve("broker.log"), port).start();
  }

  /**
   * Kafka, broker and controller in one.
   *
   * @param advertised the port that clients are to go to
   */
  static BrokerProcess kafka(Path folder, int port, int advertised) throws Exception {
    int controller = freePort();
    Path settings = folder.resolve("server.properties");
    Files.writeString(
        settings,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%d
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        advertised.listeners=PLAINTEXT://127.0.0.1:%d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        """
            .formatted(controller, port, controller, advertised, folder.resolve("kafka-data")));
    Path log = folder.resolve("kafka.log");
    List<String> format =
        java(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "4L6g3nShT-eMCtK--X86sw",
            "-c",
            settings.toString());
    int code =
        new ProcessBuilder(format)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
    return new BrokerProcess(java("kafka.Kafka", settings.toString()), log, port).start();
  }

  private static List<String> java(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Comes back when it takes connections. */
  BrokerProcess start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Awaitility.await(String.join(" ", command.subList(5, command.size())))
        .atMost(START)
        .failFast("it ended, see " + log, () -> !process.isAlive())
        .until(this::answers);
    return this;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: its connections stay open, and nothing answers. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + code);
    }
  }

  /**
   * Below those that systems give to clients, so that none of them takes it while the broker is
   * away.
   */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // someone has it: another
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
