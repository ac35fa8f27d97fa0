package io.kustomersync.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process under way; its streams go to files, so that it never waits for a reader. */
final class Running implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Running start(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("kustomer-sync-it", ".out");
    Path err = Files.createTempFile("kustomer-sync-it", ".err");
    Process process =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Running(process, out, err);
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** SIGTERM. */
  Running terminate() {
    process.destroy();
    return this;
  }

  /** SIGKILL: nothing in the process has a say. */
  Running kill() {
    process.destroyForcibly();
    return this;
  }

  /**
   * @throws AssertionError when it has not ended by then; it is killed
   */
  Outcome await(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("not ended within " + limit + ":\n" + out() + err());
    }
    return new Outcome(process.exitValue(), out(), err());
  }

  /** Ends what is left of it. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
