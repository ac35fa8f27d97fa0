package io.kustomersync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real script; in Java's place stands a program that prints how it was called. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  private static final Path SCRIPT = Path.of("src/main/dist/bin/kustomer-sync");

  @TempDir Path temp;

  private Path home;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void unpack() throws IOException {
    home = temp.toRealPath().resolve("a home with blanks");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(SCRIPT, home.resolve("bin/kustomer-sync"));
    assertThat(home.resolve("bin/kustomer-sync").toFile().setExecutable(true)).isTrue();
  }

  @Test
  void findsItsHomeThroughRelativeAndAbsoluteLinksFromAnyDirectory() throws Exception {
    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere/deep"));
    Files.createSymbolicLink(temp.resolve("elsewhere/first"), home.resolve("bin/kustomer-sync"));
    Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("../first"));

    Outcome outcome = run(elsewhere, java("17.0.2"), "./second", "sync", "--set", "a=b c");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .contains(
            "<-Dkustomer.home=" + home + ">",
            "<-Dkustomer.sync.watched=false>",
            "<-Xmx77m>",
            "<io.kustomersync.cli.KustomerSync>")
        .endsWith("<sync>", "<--set>", "<a=b c>")
        .containsSubsequence("<-cp>", "<" + home + "/lib/*>");
    assertThat(outcome.code()).isEqualTo(7);
  }

  @Test
  void whatJavaWritesIsItsOwnersOnly() throws Exception {
    Path java = java("17");
    Files.writeString(java.resolve("bin/java"), "#!/bin/sh\numask\n");

    Outcome outcome = run(temp, java, home + "/bin/kustomer-sync");

    assertThat(outcome.out()).isEqualTo("0077\n");
  }

  @Test
  void takesTheArchiveOfClassesThatFasterStartMade() throws Exception {
    Path script = home.resolve("bin/kustomer-sync");
    assertThat(run(temp, java("17"), script.toString(), "run").out()).doesNotContain("Archive");

    Path archive = Files.createFile(home.resolve("lib/kustomer-sync.jsa"));

    assertThat(run(temp, java("17"), script.toString(), "run").out().lines())
        .contains("<-XX:SharedArchiveFile=" + archive + ">");
  }

  @Test
  void onlyCommandsThatEndAtOnceDoWithoutTheBestCompiler() throws Exception {
    String quick = "<-XX:TieredStopAtLevel=1>";
    String script = home.resolve("bin/kustomer-sync").toString();
    for (String command : List.of("check", "discover", "preview", "status", "reset")) {
      assertThat(run(temp, java("17"), script, command).out().lines()).contains(quick);
    }
    for (String command : List.of("sync", "run", "audit", "demo", "sandbox")) {
      assertThat(run(temp, java("17"), script, command).out().lines()).doesNotContain(quick);
    }
    assertThat(run(temp, java("17"), script).out().lines())
        .doesNotContain(quick)
        .endsWith("<io.kustomersync.cli.KustomerSync>");
  }

  @Test
  void refusesAnOldJava() throws Exception {
    Path old = java("11.0.20");
    Outcome outcome = run(temp, old, home.resolve("bin/kustomer-sync").toString(), "sync");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "kustomer-sync: Java 11 is too old; JAVA_HOME is "
                    + old
                    + "; let it name a JDK or JRE 17 or newer\n"));
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    Outcome outcome = run(temp, temp.resolve("none"), home.resolve("bin/kustomer-sync").toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("kustomer-sync: no Java found; JAVA_HOME is ");
  }

  @Test
  void saysThatItIsNotAnUnpackedDistribution() throws Exception {
    Files.delete(home.resolve("lib"));
    Outcome outcome = run(temp, java("17"), home.resolve("bin/kustomer-sync").toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("kustomer-sync: " + home + "/lib is missing; ");
  }

  private Path java(String version) throws IOException {
    Path javaHome = Files.createDirectories(temp.resolve("java-" + version));
    Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\"; done\nexit 7\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return javaHome;
  }

  private Outcome run(Path directory, Path javaHome, String... command)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(directory.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .putAll(Map.of("JAVA_HOME", javaHome.toString(), "KUSTOMER_SYNC_JAVA_OPTS", "-Xmx77m"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }
}
