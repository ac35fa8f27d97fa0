package io.kustomersync.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** What {@code --json} prints: one indented document, times in ISO 8601, numbers exact. */
public final class JsonOutput {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(OffsetDateTime.class, ToStringSerializer.instance))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /** JSON lets these stand in texts; a terminal would obey some of them. */
  private static final Pattern UNESCAPED =
      Pattern.compile(
          "[\\x7F-\\x9F\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{61C}]");

  private JsonOutput() {}

  /**
   * @param document maps, lists, texts, numbers, booleans, times and nulls
   */
  public static void print(Object document, Terminal terminal) {
    try {
      String json = MAPPER.writeValueAsString(document);
      terminal
          .out()
          .println(
              UNESCAPED
                  .matcher(json)
                  .replaceAll(hit -> String.format("\\\\u%04x", (int) hit.group().charAt(0))));
      terminal.out().flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result can't be written as JSON", e);
    }
  }
}
