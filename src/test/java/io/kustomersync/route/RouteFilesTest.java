package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every file in {@code routes/} keeps to, so that people can read it. */
class RouteFilesTest {

  private static final Path ROUTES = Path.of("routes");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static List<Path> sinks() throws IOException {
    return files().stream().filter(file -> file.getParent().endsWith("sinks")).toList();
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }

  @ParameterizedTest
  @MethodSource("files")
  void onlyFilesThatCamelRunsAreThere(Path file) {
    assertThat(file.toString()).endsWith(".camel.yaml");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRouteHasAnIdAndSaysWhatItIsFor(Path file) throws IOException {
    for (JsonNode item : read(file)) {
      JsonNode route = item.path("route");
      if (!route.isMissingNode()) {
        assertThat(route.path("id").asText()).as("id in %s", file).isNotEmpty();
        assertThat(route.path("description").asText())
            .as("description of %s in %s", route.path("id").asText(), file)
            .isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void noFileHoldsASecretInPlainSight(Path file) throws IOException {
    assertThat(Files.readString(file))
        .doesNotContainPattern("(?i)bearer\\s+[a-z0-9]")
        .doesNotContainPattern("(?i)(password|token|secret)\\s*:\\s*[\"']?[a-z0-9]{8,}")
        .doesNotContain("eyJ");
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void aSinksFileIsNamedAfterItsRoute(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".camel.yaml", "");
    List<String> routes = read(file).findValuesAsText("id");
    assertThat(routes).contains("sink-" + name);
    assertThat(Files.readString(file)).contains("direct:sink-" + name);
  }

  @Test
  void onlyOneFileSaysWhatIsTriedAgain() throws IOException {
    assertThat(files())
        .filteredOn(file -> holds(file, "redeliveryPolicy"))
        .containsExactly(ROUTES.resolve("failures.camel.yaml"));
  }

  @Test
  void onlyOneFileSendsAnythingToKustomer() throws IOException {
    assertThat(files())
        .filteredOn(file -> holds(file, "{{kustomer.url}}"))
        .containsExactly(ROUTES.resolve("kustomer-api.camel.yaml"));
  }
}
