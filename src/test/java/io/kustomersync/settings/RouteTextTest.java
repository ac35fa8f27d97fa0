package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** YAML can hold more than routes; a route file must not. */
class RouteTextTest {

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.camel.yaml"), text);
  }

  private List<String> problems(String text) throws IOException {
    return RouteText.problems(file(text));
  }

  static Stream<Path> shipped() throws IOException {
    return Files.walk(Path.of("routes")).filter(file -> file.toString().endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theFilesShippedAreTaken(Path file) {
    assertThat(RouteText.problems(file)).isEmpty();
  }

  @Test
  void aTagThatNamesAClassIsRefusedWithItsLine() throws IOException {
    assertThat(problems("- route:\n    id: !!javax.script.ScriptEngineManager [x]\n"))
        .containsExactly(
            folder.resolve("mine.camel.yaml")
                + ":2: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager would make an"
                + " object of it; remove the tag");
    assertThat(problems("- !java.lang.Runtime {}\n")).singleElement().asString().contains(":1: ");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefusedWithItsLine() throws IOException {
    assertThat(problems("- route:\n    id: a\n    from:\n      uri: direct:a\n    id: b\n"))
        .containsExactly(
            folder.resolve("mine.camel.yaml")
                + ":5: \"id\" is there already, and one of the two would be lost; remove one");
  }

  @Test
  void aLoginModuleThatIsNotKafkasIsRefusedWithItsLine() throws IOException {
    String module = "com.sun.security.auth.module.JndiLoginModule required p=\\\"canary1\\\";";
    assertThat(
            problems(
                "- to:\n    uri: kafka:rows\n    parameters:\n      saslJaasConfig: \""
                    + module
                    + "\"\n"))
        .singleElement()
        .asString()
        .contains(":4: names a login module that is not Kafka's own")
        .doesNotContain("canary1");
  }

  @Test
  void referencesThatMultiplyAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append(("*a" + (i - 1) + ",").repeat(5)).append("]\n");
    }
    assertThat(problems(bomb.toString()))
        .singleElement()
        .asString()
        .contains("more than 100,000 parts");
    // more references than the parser takes, each harmless
    assertThat(problems("a: &a [x]\nb: [" + "*a, ".repeat(60) + "]\n"))
        .singleElement()
        .asString()
        .contains("exceeds the specified max=50");
    assertThat(problems("a: &a {b: *a}\n")).isNotEmpty();
    assertThat(problems("a: &a [x]\nb: [*a, *a]\n")).isEmpty();
  }

  @Test
  void aFileOfTenMegabytesIsRefusedUnread() throws IOException {
    assertThat(problems("#".repeat(10 * 1024 * 1024)))
        .singleElement()
        .asString()
        .contains("is larger than 1 MB");
  }

  @Test
  void theConnectorDoesNotStartWithSuchAFile() throws IOException {
    Files.createDirectory(folder.resolve("sinks"));
    Files.writeString(
        folder.resolve("sinks/mine.camel.yaml"), "- route: {id: sink-mine, id: other}\n");
    file("- route:\n    id: !!java.net.URL [x]\n");

    RouteFiles files = new RouteFiles(folder);

    assertThat(
            catchThrowableOfType(
                    SettingsException.class, () -> files.includePattern(List.of("mine")))
                .problems())
        .hasSize(2)
        .anyMatch(line -> line.contains("mine.camel.yaml:2: the tag"))
        .anyMatch(line -> line.contains("mine.camel.yaml:1: \"id\" is there already"));
    assertThat(catchThrowableOfType(SettingsException.class, () -> files.ofSink("mine")))
        .isNotNull();
  }
}
