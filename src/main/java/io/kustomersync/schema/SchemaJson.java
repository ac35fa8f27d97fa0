package io.kustomersync.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How a {@link TableSchema} is kept between runs. Thread-safe. */
public final class SchemaJson {

  /** Grows when an older version of this program could misread what we write. */
  private static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaJson() {}

  public static String write(TableSchema schema) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("table", schema.table());
    ArrayNode columns = root.putArray("columns");
    for (Column column : schema.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type().name())
          .put("source", column.source());
    }
    return root.toString();
  }

  /**
   * @throws IllegalArgumentException when it is damaged or was written by a newer version
   */
  public static TableSchema read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw damaged("it is not JSON", e);
    }
    JsonNode format = root.path("format");
    if (!format.isInt()) {
      throw damaged("it has no format number", null);
    }
    if (format.intValue() != FORMAT) {
      throw new IllegalArgumentException(
          "The stored table schema has format "
              + format.intValue()
              + "; this version reads format "
              + FORMAT
              + ". Run the version that wrote it, or a newer one.");
    }
    if (!root.path("columns").isArray()) {
      throw damaged("it has no columns", null);
    }
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : root.path("columns")) {
      columns.add(
          new Column(text(column, "name"), type(text(column, "type")), text(column, "source")));
    }
    return new TableSchema(text(root, "table"), columns);
  }

  private static ColumnType type(String name) {
    try {
      return ColumnType.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw damaged("it has a column of the unknown type \"" + name + "\"", e);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw damaged("a \"" + field + "\" is missing", null);
    }
    return value.textValue();
  }

  private static IllegalArgumentException damaged(String why, Exception cause) {
    return new IllegalArgumentException(
        "The stored table schema is damaged: "
            + why
            + ". Restore it from a backup; columns keep their names only with it.",
        cause);
  }
}
