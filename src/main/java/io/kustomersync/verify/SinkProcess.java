package io.kustomersync.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.route.SinkPasswords;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process with a sink in it ({@link SinkAlone}), seen from the one that kills it. */
final class SinkProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 180;
  private static final String GONE = "gone";

  private final Process process;
  private final Writer orders;
  private final SinkPasswords passwords;
  private final Path errors;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final Set<String> took = new ConcurrentSkipListSet<>();
  private final Thread listener = new Thread(this::listen, "sink process");

  /** Comes back when the sink stands ready to be given the pages. */
  SinkProcess(Orders orders, SinkPasswords passwords) throws IOException, InterruptedException {
    this.passwords = passwords;
    HarnessHome home = new HarnessHome(orders.root());
    errors = home.root().resolve("errors.txt");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // as the start script does, but for a short life
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                SinkAlone.class.getName())
            .directory(home.folder().toFile()) // where relative names of files lead to
            .redirectError(errors.toFile())
            .start();
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    listener.setDaemon(true);
    listener.start();
    boolean ready = false;
    try {
      tell(JSON.writeValueAsString(orders));
      ready = next().equals("ready");
    } finally {
      if (!ready) {
        kill();
      }
    }
    if (!ready) {
      throw new IllegalStateException("a process with the sink did not start: " + lastError());
    }
  }

  /** Ours is relative to a folder that the other process does not start in. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      // killed in the middle of a word
    }
    events.add(GONE);
  }

  private void hear(String line) throws IOException {
    if (line.startsWith("took ")) {
      took.addAll(List.of(line.substring("took ".length()).split(" ")));
    } else if (line.startsWith("password ")) {
      String[] of = JSON.readValue(line.substring("password ".length()), String[].class);
      tell(JSON.writeValueAsString(passwords.of(of[0], of[1]).orElse(null)));
    } else {
      events.add(line);
    }
  }

  private synchronized void tell(String line) throws IOException {
    orders.write(line);
    orders.write('\n');
    orders.flush();
  }

  private String next() throws InterruptedException {
    String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      kill();
      throw new IllegalStateException(
          "a process with the sink said nothing for " + PATIENCE_SECONDS + " s");
    }
    return event;
  }

  private String lastError() throws IOException {
    List<String> lines = Files.exists(errors) ? Files.readAllLines(errors) : List.of();
    return lines.stream().filter(line -> !line.startsWith("\tat ")).findFirst().orElse("no word");
  }

  /** Gives it the pages. */
  void go() throws IOException {
    tell("go");
  }

  /** Whether it has come to the step it is to stop at, to its end, or has died by itself. */
  boolean said() {
    return !events.isEmpty();
  }

  /**
   * Waits until it has something to say: {@code returned}, {@code at} for the step to stop at, and
   * {@code threw} or {@code ended} with a reason.
   */
  String hear() throws IOException, InterruptedException {
    String event = next();
    return event.equals(GONE) ? "threw its process ended: " + lastError() : event;
  }

  /** Rows that stand-ins have taken so far. */
  Set<String> took() {
    return took;
  }

  /** SIGKILL: nothing in it has a say. What it said before has been heard when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    listener.join();
  }

  /** Lets it end in peace; when interrupted, ends it at once. */
  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        tell("close");
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          kill();
        }
      }
      listener.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
