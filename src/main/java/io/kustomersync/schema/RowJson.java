package io.kustomersync.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row as JSON text and back, without loss. The text is ASCII: what a database refused, such as
 * NUL or half a surrogate pair, stands in it escaped. Thread-safe.
 */
public final class RowJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private RowJson() {}

  public static String write(Map<String, Object> row) {
    ObjectNode json = JSON.createObjectNode();
    row.forEach(
        (name, value) ->
            json.set(
                name,
                value instanceof OffsetDateTime time
                    ? JSON.getNodeFactory().textNode(time.toString())
                    : JSON.valueToTree(value)));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row is always JSON", e);
    }
  }

  /**
   * @param schema today's columns of the table, perhaps wider than when the row was written
   * @throws IllegalArgumentException when it is not what {@link #write} wrote
   */
  public static Map<String, Object> read(String text, TableSchema schema) {
    Map<String, ColumnType> types = new HashMap<>();
    schema.columns().forEach(column -> types.put(column.name(), column.type()));
    Map<String, Object> row = new LinkedHashMap<>();
    try {
      JSON.readTree(text)
          .fields()
          .forEachRemaining(
              field ->
                  row.put(
                      field.getKey(),
                      value(
                          field.getValue(), types.getOrDefault(field.getKey(), ColumnType.TEXT))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the row kept in the quarantine is damaged", e);
    }
    return row;
  }

  private static Object value(JsonNode value, ColumnType type) {
    if (value.isNull()) {
      return null;
    }
    return switch (type) {
      case TEXT, JSON -> value.asText();
      case INTEGER -> value.longValue();
      case DECIMAL -> new BigDecimal(value.asText());
      case BOOLEAN -> value.booleanValue();
      case TIMESTAMP -> OffsetDateTime.parse(value.textValue());
    };
  }
}
