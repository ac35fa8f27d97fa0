package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Karaf, unpacked and cut off from all repositories, in a process of its own. */
final class KarafServer implements AutoCloseable {

  private final Path home;
  private final int sshPort;
  private Process process;

  private KarafServer(Path home, int sshPort) {
    this.home = home;
    this.sshPort = sshPort;
  }

  /** Unpacks it below {@code folder}, not started yet. */
  static KarafServer unpack(Path archive, Path folder) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("karaf"));
    List<String> tar =
        List.of("tar", "xzf", archive.toString(), "--strip-components=1", "-C", home.toString());
    assertThat(new ProcessBuilder(tar).inheritIO().start().waitFor()).isZero();
    KarafServer karaf = new KarafServer(home, freePort());
    karaf.append("etc/users.properties", "karaf = karaf,_g_:admingroup");
    karaf.append("etc/users.properties", "_g_\\:admingroup = group,admin,manager,viewer,ssh");
    karaf.replace("etc/org.apache.karaf.shell.cfg", "sshPort = \\d+", "sshPort = " + karaf.sshPort);
    String management = "etc/org.apache.karaf.management.cfg";
    karaf.replace(management, "rmiRegistryPort = \\d+", "rmiRegistryPort = " + freePort());
    karaf.replace(management, "rmiServerPort = \\d+", "rmiServerPort = " + freePort());
    Path nothing = Files.createDirectories(folder.resolve("empty-repository"));
    karaf.replace(
        "etc/org.ops4j.pax.url.mvn.cfg",
        "(?s)\norg.ops4j.pax.url.mvn.repositories=.*",
        "\norg.ops4j.pax.url.mvn.repositories=\norg.ops4j.pax.url.mvn.localRepository="
            + nothing
            + "\n");
    return karaf;
  }

  private static int freePort() throws IOException {
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

  private void replace(String path, String pattern, String by) throws IOException {
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
    process = builder.start();
  }

  /** Commands on the shell and what it printed, without colours. */
  String shell(String command) {
    try {
      Path printed = Files.createTempFile(home, "client", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(
                  List.of(
                      file("bin/client").toString(),
                      "-a",
                      "" + sshPort,
                      "-u",
                      "karaf",
                      "-p",
                      "karaf",
                      "-r",
                      "20",
                      "-d",
                      "1",
                      "-b"))
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process client = builder.start();
      try (var in = client.getOutputStream()) {
        in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      }
      assertThat(client.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
      return Files.readString(printed).replaceAll("\u001B\\[[0-9;]*m", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
                System.getProperty("java.home") + "/bin/jstack", Long.toString(process.pid()))
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

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
