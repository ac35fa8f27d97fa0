package io.kustomersync.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes rows as JSON objects, one line each: numbers with every digit and never in scientific
 * notation, times as ISO 8601 with offset, JSON columns as JSON and not as text that holds JSON. A
 * column that a row lacks is absent, a null is {@code null}. Stateless and thread-safe.
 */
public final class JsonRowWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private JsonRowWriter() {}

  /** A column's name, made ready to be written, and whether it holds JSON. */
  private record Field(SerializableString name, boolean json) {}

  /** One row, without a line's end. */
  public static String of(TableSchema schema, Map<String, Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(fields(schema), row, json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail", e);
    }
    return text.toString();
  }

  /** All rows, each ended by a line feed. UTF-8; the stream stays open. */
  public static void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
      throws IOException {
    Map<String, Field> fields = fields(schema);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (Map<String, Object> row : rows) {
        write(fields, row, json);
        json.writeRaw('\n');
      }
    }
  }

  public static String time(OffsetDateTime time) {
    return TimeText.of(time);
  }

  private static Map<String, Field> fields(TableSchema schema) {
    Map<String, Field> fields = new HashMap<>();
    for (Column column : schema.columns()) {
      String name = column.name();
      boolean json = column.type() == ColumnType.JSON;
      fields.put(name, new Field(new SerializedString(name), json));
    }
    return fields;
  }

  private static void write(Map<String, Field> fields, Map<String, Object> row, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> cell : row.entrySet()) {
      Field field = fields.get(cell.getKey());
      if (field == null) {
        json.writeFieldName(cell.getKey());
      } else {
        json.writeFieldName(field.name);
      }
      Object value = cell.getValue();
      if (value == null) {
        json.writeNull();
      } else if (value instanceof String text) {
        if (field != null && field.json) {
          writeJson(text, json);
        } else {
          json.writeString(text);
        }
      } else if (value instanceof Long number) {
        json.writeNumber(number);
      } else if (value instanceof BigDecimal number) {
        json.writeNumber(number);
      } else if (value instanceof Boolean truth) {
        json.writeBoolean(truth);
      } else if (value instanceof OffsetDateTime time) {
        json.writeString(time(time));
      } else {
        throw new IllegalArgumentException(
            "The column \"" + cell.getKey() + "\" holds a " + value.getClass().getName() + ".");
      }
    }
    json.writeEndObject();
  }

  /**
   * As it is if it is one line of JSON, which ours always is; a user's step may have changed it.
   */
  private static void writeJson(String text, JsonGenerator json) throws IOException {
    if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && !text.isBlank()) {
      json.writeRawValue(text);
      return;
    }
    JsonNode node = MAPPER.readTree(text);
    json.writeRawValue(node == null || node.isMissingNode() ? "null" : node.toString());
  }
}
