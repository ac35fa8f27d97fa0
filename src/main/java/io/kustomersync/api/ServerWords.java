package io.kustomersync.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the body of an error answer says, made safe for a log line: one line, bounded, no control
 * characters, nothing that looks like a token. Both shapes of kustomer-api.md §7 are understood;
 * web pages and other bodies say nothing.
 */
final class ServerWords {

  static final int MAX_LENGTH = 300;
  private static final int MAX_BODY = 100_000;
  private static final int MAX_ERRORS = 5;

  private static final Pattern TOKEN =
      Pattern.compile("eyJ[\\w+/=-]*(?:\\.[\\w+/=-]*)*|(?i:bearer\\s+\\S+)");
  // Also line and paragraph separators, and what turns the direction of text round.
  private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\u2028\\u2029\\s]+");

  private ServerWords() {}

  /**
   * @return empty when the body says nothing
   */
  static String of(Answer answer) {
    if (answer.body().length > MAX_BODY) {
      return "";
    }
    try {
      JsonNode body = ExactJson.MAPPER.readTree(answer.body());
      JsonNode errors =
          body.path("errors").isMissingNode() ? body.path("error") : body.path("errors");
      Set<String> words = new LinkedHashSet<>();
      if (errors.isArray()) {
        for (int i = 0; i < Math.min(errors.size(), MAX_ERRORS); i++) {
          words.add(wordsOf(errors.get(i)));
        }
      } else {
        words.add(wordsOf(errors.isMissingNode() ? body : errors));
      }
      words.remove("");
      return tame(String.join("; ", words));
    } catch (IOException | NumberFormatException notJson) {
      return "";
    }
  }

  /** Safe for one log line. */
  static String tame(String text) {
    String start = text.length() > 10 * MAX_LENGTH ? text.substring(0, 10 * MAX_LENGTH) : text;
    String line = UNSAFE.matcher(start).replaceAll(" ").strip();
    line = TOKEN.matcher(line).replaceAll("(token)");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }

  /** The whole body as text, to look for known sentences in; never to be shown. */
  static String text(Answer answer) {
    int length = Math.min(answer.body().length, MAX_BODY);
    return new String(answer.body(), 0, length, StandardCharsets.UTF_8);
  }

  private static String wordsOf(JsonNode error) {
    if (error.isTextual()) {
      return error.textValue();
    }
    List<String> words = new ArrayList<>();
    for (String field : List.of("title", "message", "detail", "code")) {
      String word = error.path(field).asText("");
      if (!word.isBlank()) {
        words.add(word);
      }
    }
    for (String field : List.of("parameter", "parameters", "pointer")) {
      String word = error.path("source").path(field).asText("");
      if (!word.isBlank()) {
        words.add("at " + word);
      }
    }
    return String.join(", ", words);
  }
}
