package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A real Karaf, unpacked and cut off from all repositories, in a process of its own. */
final class KarafServer implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(120);

  static final Path ARCHIVE = Path.of("target/karaf-it/apache-karaf.tar.gz");

  private final Path home;
  private final int sshPort;
  private final int jmxPort;
  private final KarafShell shell;
  private Optional<ProcessHandle> process = Optional.empty();

  private KarafServer(Path home, String password) throws IOException {
    this.home = home;
    this.sshPort = freePort();
    this.jmxPort = freePort();
    this.shell = new KarafShell(home, sshPort, password);
  }

  /** One that someone else unpacks there and starts; its user is {@code karaf}. */
  static KarafServer at(Path home, String password) throws IOException {
    return new KarafServer(home, password);
  }

  /** A shell script that, in its folder, gives it ports of its own. */
  String otherPorts() throws IOException {
    return """
    sed -i 's/^sshPort = .*/sshPort = %d/' etc/org.apache.karaf.shell.cfg
    sed -i -e 's/^rmiRegistryPort = .*/rmiRegistryPort = %d/' \\
      -e 's/^rmiServerPort = .*/rmiServerPort = %d/' etc/org.apache.karaf.management.cfg
    """
        .formatted(sshPort, jmxPort, freePort());
  }

  /** What the build made, by the end of its name. */
  static Path built(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  /** Unpacks it below {@code folder}, not started yet. */
  static KarafServer unpack(Path folder) throws IOException, InterruptedException {
    return unpack(folder, "");
  }

  /**
   * @param repositories the Maven repositories that it may ask, as Karaf writes them
   */
  static KarafServer unpack(Path folder, String repositories)
      throws IOException, InterruptedException {
    assumeTrue(Runtime.version().feature() < 24, "Karaf 4.4.10 needs a Java before 24");
    Path home = Files.createDirectories(folder.resolve("karaf"));
    List<String> tar =
        List.of(
            "tar",
            "xzf",
            ARCHIVE.toAbsolutePath().toString(),
            "--strip-components=1",
            "-C",
            home.toString());
    assertThat(new ProcessBuilder(tar).inheritIO().start().waitFor()).isZero();
    KarafServer karaf = new KarafServer(home, "karaf");
    karaf.append("etc/users.properties", "karaf = karaf,_g_:admingroup");
    karaf.append("etc/users.properties", "_g_\\:admingroup = group,admin,manager,viewer,ssh");
    karaf.replace("etc/org.apache.karaf.shell.cfg", "sshPort = \\d+", "sshPort = " + karaf.sshPort);
    String management = "etc/org.apache.karaf.management.cfg";
    karaf.replace(management, "rmiRegistryPort = \\d+", "rmiRegistryPort = " + karaf.jmxPort);
    karaf.replace(management, "rmiServerPort = \\d+", "rmiServerPort = " + freePort());
    Path nothing = Files.createDirectories(folder.resolve("empty-repository"));
    karaf.replace(
        "etc/org.ops4j.pax.url.mvn.cfg",
        "(?s)\norg.ops4j.pax.url.mvn.repositories=.*",
        "\norg.ops4j.pax.url.mvn.repositories="
            + repositories
            + "\norg.ops4j.pax.url.mvn.localRepository="
            + nothing
            + "\n");
    return karaf;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Path file(String path) {
    return home.resolve(path);
  }

  void append(String path, String line) throws IOException {
    Files.writeString(
        file(path), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void replace(String path, String pattern, String by) throws IOException {
    String before = Files.readString(file(path));
    String after = before.replaceFirst(pattern, by);
    assertThat(after).as(path).isNotEqualTo(before);
    Files.writeString(file(path), after);
  }

  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(file("bin/karaf").toString(), "daemon")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("console").toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("KUSTOMER_"));
    process = Optional.of(builder.start().toHandle());
  }

  KarafShell shell() {
    return shell;
  }

  /** Commands on the shell and what they printed, without colours. */
  String shell(String commands) {
    return shell.run(commands);
  }

  /** Waits for a command: of one that is starting, the shell is there before all its commands. */
  void awaitCommand(String name) {
    await().atMost(LONG).until(() -> !shell(name + " --help").contains("not found"));
  }

  /** The lines of Karaf's log that hold a text. */
  List<String> log(String text) {
    Path log = file("data/log/karaf.log");
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream().filter(line -> line.contains(text)).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the threads that run in it. */
  List<String> threads() throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jstack", Long.toString(process().pid()))
            .start();
    List<String> names = new ArrayList<>();
    for (String line : new String(dump.getInputStream().readAllBytes()).lines().toList()) {
      if (line.startsWith("\"")) {
        names.add(line.substring(1, line.indexOf('"', 1)));
      }
    }
    assertThat(dump.waitFor()).isZero();
    return names;
  }

  /** Waits until no thread of such a name is left: some end a moment after what they served. */
  void awaitNoThread(String pattern) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.matches(pattern)));
  }

  /** Makes a change and waits for a log line of it that holds the text. */
  void awaitNewLog(String text, Change change) throws IOException {
    int before = log(text).size();
    change.make();
    await().atMost(LONG).until(() -> log(text).size() > before);
  }

  /** Something that Karaf is to notice. */
  interface Change {
    void make() throws IOException;
  }

  /** What JMX shows, to someone who may look. */
  JMXConnector jmx() throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/karaf-root"),
        Map.of(JMXConnector.CREDENTIALS, new String[] {"karaf", "karaf"}));
  }

  /** As {@code kill -9}. */
  void kill() {
    process().destroyForcibly();
    process().onExit().join();
  }

  private ProcessHandle process() {
    return process.orElseThrow();
  }

  /** By the file that it writes, where this object has not started it. */
  private Optional<ProcessHandle> running() throws IOException {
    Path file = file("instances/instance.properties");
    if (process.isEmpty() && Files.exists(file)) {
      Properties instances = new Properties();
      instances.load(new StringReader(Files.readString(file)));
      process = ProcessHandle.of(Long.parseLong(instances.getProperty("item.0.pid", "0")));
    }
    return process;
  }

  @Override
  public void close() throws IOException {
    Optional<ProcessHandle> process = running();
    if (process.isPresent() && process.get().destroy()) {
      try {
        process.get().onExit().get(20, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        process.get().destroyForcibly();
      }
    }
  }
}
