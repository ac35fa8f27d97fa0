package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Karaf's shell, as its own client reaches it. */
final class KarafShell {

  private final Path home;
  private final int port;
  private final String password;

  KarafShell(Path home, int port, String password) {
    this.home = home;
    this.port = port;
    this.password = password;
  }

  /** Runs commands, a line each, and gives what they printed, without colours. */
  String run(String commands) {
    try {
      Path printed = Files.createTempFile(home, "client", ".out");
      Process client = start(client("-b"), printed);
      try (var in = client.getOutputStream()) {
        in.write((commands + "\n").getBytes(StandardCharsets.UTF_8));
      }
      assertThat(client.waitFor(60, TimeUnit.SECONDS)).as(commands).isTrue();
      return plain(printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a person sees who types this at the prompt, keys such as Tab included. A terminal is
   * needed for that: {@code script}, of every Linux, makes one.
   */
  String typed(String keys) throws IOException, InterruptedException {
    Path seen = Files.createTempFile(home, "typed", ".out");
    Process terminal =
        start(
            List.of(
                "script",
                "-qefc",
                "stty cols 120 rows 40 && " + String.join(" ", client()),
                "/dev/null"),
            seen);
    try (var in = terminal.getOutputStream()) {
      await().atMost(KarafServer.LONG).until(() -> plain(seen).contains("karaf@root()> "));
      in.write((keys + "logout\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).as(() -> plain(seen)).isTrue();
      return plain(seen);
    } finally {
      terminal.descendants().forEach(ProcessHandle::destroyForcibly);
      terminal.destroyForcibly();
    }
  }

  private List<String> client(String... more) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/client").toString());
    command.addAll(List.of("-a", "" + port, "-u", "karaf", "-p", password, "-r", "20", "-d", "1"));
    command.addAll(List.of(more));
    return command;
  }

  private static Process start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TERM", "xterm");
    return builder.start();
  }

  private static String plain(Path output) {
    try {
      return Files.readString(output).replaceAll("\u001B(\\[[0-9;?]*[A-Za-z]|[=>])", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
