package io.kustomersync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show is what there is. */
class DocsTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern KEY = Pattern.compile("\\bkustomer\\.[a-z][a-z.-]*[a-z]\\b");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    if (Files.isDirectory(Path.of("docs"))) {
      try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
        docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  private static List<String> blocks(Path page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  @Test
  void theReadmeQuotesTheReadLoopAsItRuns() throws IOException {
    List<String> quoted = blocks(Path.of("README.md"), "yaml");

    assertThat(quoted).hasSize(1);
    assertThat(Files.readString(Path.of("routes/read-table.camel.yaml"))).contains(quoted.get(0));
  }

  @Test
  void theTablesShownInContributingAreThoseOfTheRoutes() throws IOException {
    String tables = Files.readString(Path.of("routes/tables.camel.yaml"));

    assertThat(blocks(Path.of("CONTRIBUTING.md"), "yaml"))
        .filteredOn(block -> block.contains("templatedRoute"))
        .hasSize(2)
        .allSatisfy(block -> assertThat(tables).contains(block));
  }

  @Test
  void ciRunsTheTestCommandOfTheReadme() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains("\nmvn -B verify\n");
    assertThat(Files.readString(Path.of(".ci/run"))).contains("\nmvn -B verify\n");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFile(Path page) throws IOException {
    List<String> links =
        LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)).toList();
    Path folder = page.toAbsolutePath().getParent();

    assertThat(links).allSatisfy(link -> assertThat(folder.resolve(link)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everySettingNamedIsExplainedInApplicationProperties(Path page) throws IOException {
    String properties = Files.readString(Path.of("application.properties"));
    List<String> keys =
        KEY.matcher(Files.readString(page))
            .results()
            .map(MatchResult::group)
            .filter(key -> !key.startsWith("kustomer.sink."))
            .filter(key -> !key.startsWith("kustomer.columns."))
            // what the routes are given, not what a person sets
            .filter(key -> !key.equals("kustomer.sink-routes"))
            .distinct()
            .toList();

    assertThat(keys).allSatisfy(key -> assertThat(properties).contains(key));
  }
}
