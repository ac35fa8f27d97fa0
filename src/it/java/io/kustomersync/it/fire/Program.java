package io.kustomersync.it.fire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real distribution, started as processes of their own with settings of their own. */
final class Program {
  static final Path HOME =
      Path.of(System.getProperty("kustomer.distribution", "target/kustomer-sync")).toAbsolutePath();

  private final Path home;
  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String javaOptions = "-XX:TieredStopAtLevel=1 -Xshare:auto -Xmx192m";
  private String once = "";
  private int started;

  /**
   * @param folder for the output of the processes
   */
  Program(Path folder) {
    this(folder, HOME);
  }

  Program(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  Program set(String key, Object value) {
    settings.put(key, value.toString());
    return this;
  }

  Program java(String option) {
    javaOptions += ' ' + option;
    return this;
  }

  /** Options of Java for the next start only. */
  Program with(String options) {
    once = ' ' + options;
    return this;
  }

  Running start(String... words) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/kustomer-sync").toString());
    command.addAll(List.of(words));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    Path output = folder.resolve("output-" + ++started + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KUSTOMER_SYNC_JAVA_OPTS", javaOptions + once);
    once = "";
    builder.environment().put("KUSTOMER_API_TOKEN", "sandbox-token");
    try {
      return new Running(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  Ended run(String... words) throws InterruptedException {
    return start(words).end(Duration.ofSeconds(300));
  }

  /** How a process ended and what it said. */
  record Ended(int code, String output) {}

  /** One process. */
  record Running(Process process, Path output) {
    long pid() {
      return process.pid();
    }

    String said() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends a signal by its name, e.g. STOP, CONT, TERM, KILL. */
    void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    Ended end(Duration patience) throws InterruptedException {
      boolean ended;
      try {
        ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        throw e;
      }
      if (!ended) {
        signal("QUIT"); // Java writes where its threads are
        process.waitFor(1, TimeUnit.SECONDS);
        kill();
        throw new AssertionError("not ended within " + patience + ":\n" + said());
      }
      return new Ended(process.exitValue(), said());
    }
  }
}
