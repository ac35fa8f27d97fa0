package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FasterStartIT {

  @TempDir Path temp;

  @Test
  void anArchiveOfClassesIsUsedAndADamagedOneDoesNoHarm() throws Exception {
    // Without blanks: with them Java 17 keeps its own classes in the archive, but not ours.
    Path home = copy(temp.toRealPath().resolve("home"));
    Path archive = home.resolve("lib/kustomer-sync.jsa");

    Outcome made = run(home, "", "bin/faster-start");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(archive).exists();
    Path loaded = temp.resolve("loaded.txt");
    Outcome status = run(home, "-Xlog:class+load:file=" + loaded, "bin/kustomer-sync", "status");
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.err()).isEmpty();
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains("io.kustomersync.cli.") && line.contains("(top)"));

    Files.delete(archive);
    Files.writeString(archive, "not what it was");
    Outcome damaged = run(home, "", "bin/kustomer-sync", "status");
    assertThat(damaged).isEqualTo(new Outcome(0, status.out(), ""));
  }

  private Outcome run(Path home, String options, String... command) throws Exception {
    String[] line = command.clone();
    line[0] = home.resolve(command[0]).toString();
    ProcessBuilder builder = new ProcessBuilder(List.of(line)).directory(temp.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUSTOMER_"));
    builder.environment().put("KUSTOMER_SYNC_JAVA_OPTS", options);
    try (Running running = Running.start(builder)) {
      return running.await(Duration.ofMinutes(5));
    }
  }

  private static Path copy(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(Distribution.HOME)) {
      for (Path file : files.toList()) {
        Path to = home.resolve(Distribution.HOME.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else if (!file.toString().contains("/data/") && !file.toString().endsWith(".jsa")) {
          Files.copy(file, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return home;
  }
}
