package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/karaf.md, from an empty folder to rows, as they stand there. */
class KarafDocsIT {

  private static final Pattern STEP = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```$");

  /** A command at Karaf's prompt, and the first line of what came. */
  private static final Pattern PROMPT =
      Pattern.compile("(?m)^ *karaf@root\\(\\)> (kustomer:.+)\\n *(.+)$");

  @TempDir Path temp;

  @Test
  void fromAnEmptyKarafToRows() throws Exception {
    String page = Files.readString(Path.of("docs/karaf.md")).replaceAll("(?s)\n## Commands.*", "");
    List<String> steps =
        STEP.matcher(page)
            .results()
            .map(step -> step.group(1).stripTrailing().stripIndent())
            .toList();
    List<MatchResult> asked = PROMPT.matcher(page).results().toList();
    assertThat(steps).hasSize(3);
    assertThat(asked).hasSize(3);
    for (Path made : List.of(KarafServer.built(".tar.gz"), KarafServer.built(".kar"))) {
      Files.createSymbolicLink(temp.resolve(made.getFileName()), made.toAbsolutePath());
    }
    Path karafsArchive = temp.resolve("apache-karaf-4.4.10.tar.gz");
    Files.createSymbolicLink(karafsArchive, KarafServer.ARCHIVE.toAbsolutePath());

    Path home = temp.resolve("apache-karaf-4.4.10");
    List<String> script =
        new ArrayList<>(List.of("set -eu", steps.get(0), "echo $! > sandbox.pid"));
    script.add(steps.get(1));
    try (KarafServer karaf = KarafServer.at(home, "a-password-of-yours")) {
      // Other Karafs may run on this machine.
      script.add(karaf.otherPorts());
      script.add(steps.get(2));
      follow(String.join("\n", script));

      await()
          .atMost(KarafServer.LONG)
          .until(() -> !karaf.log("Running every 5s: customers, kobjects").isEmpty());
      await()
          .atMost(KarafServer.LONG)
          .untilAsserted(
              () ->
                  assertThat(karaf.shell("kustomer:status"))
                      .containsPattern("customers +\\S+Z .* [12],\\d{3} "));
      StringBuilder came = new StringBuilder();
      for (MatchResult line : asked) {
        String said = karaf.shell(line.group(1));
        came.append("karaf@root()> ").append(line.group(1)).append('\n').append(said);
        // For whoever brings the page up to date.
        Files.writeString(Path.of("target/karaf-docs.txt"), came);
        assertThat(said).as(line.group(1)).containsIgnoringWhitespaces(line.group(2));
      }
    } finally {
      stopSandbox();
    }
  }

  private void follow(String script) throws IOException, InterruptedException {
    String version =
        KarafServer.built(".kar").getFileName().toString().replaceAll("kustomer-sync-|\\.kar", "");
    String here =
        script.replace("<version>", version).replace("18080", "" + KarafServer.freePort());
    Files.writeString(temp.resolve("steps.sh"), here);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "steps.sh")
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("steps.out").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("KUSTOMER_"));
    assertThat(builder.start().waitFor())
        .as(() -> "steps.sh, see " + temp.resolve("steps.out"))
        .isZero();
  }

  private void stopSandbox() throws IOException {
    Path pid = temp.resolve("sandbox.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroy);
    }
  }
}
