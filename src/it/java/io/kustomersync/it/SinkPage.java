package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of docs/sinks, of which a test runs the example. */
final class SinkPage {

  private static final Pattern BLOCK = Pattern.compile("(?s)\n```(\\w*)\n(.*?)\n```");

  private SinkPage() {}

  /** The settings that the page shows first, as they stand there. */
  static List<String> settings(String sink) throws IOException {
    List<String> lines = block(sink, "").lines().toList();
    assertThat(lines).contains("kustomer.sinks=" + sink);
    return lines;
  }

  /** The first code block in this language. */
  static String block(String sink, String language) throws IOException {
    String page = Files.readString(Path.of("docs/sinks", sink + ".md"));
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      if (blocks.group(1).equals(language)) {
        return blocks.group(2);
      }
    }
    throw new AssertionError("docs/sinks/" + sink + ".md shows no block of \"" + language + "\"");
  }
}
