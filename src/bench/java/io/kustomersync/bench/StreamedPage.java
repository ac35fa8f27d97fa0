package io.kustomersync.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference's reading: one pass over the bytes, each field straight into the place of its
 * column as text. It knows all columns beforehand.
 */
final class StreamedPage {

  /**
   * @param source as the connector's schema names it
   * @param type as the connector's schema names it
   */
  record Column(String source, String name, String type) {
    boolean takesObjects() {
      return type.equals("JSON") || type.equals("TEXT");
    }
  }

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] json;
  private final List<Column> columns;
  private final Map<String, Integer> attributes = new HashMap<>();
  private final Map<String, Integer> customs = new HashMap<>();
  private final Map<String, Integer> relations = new HashMap<>();
  private final Map<String, Integer> own = new HashMap<>();
  private final List<String[]> rows = new ArrayList<>();
  private long total;

  StreamedPage(byte[] json, List<Column> columns) throws IOException {
    this.json = json;
    this.columns = columns;
    for (int i = 0; i < columns.size(); i++) {
      String source = columns.get(i).source();
      if (source.startsWith("attributes.custom.")) {
        customs.put(source.substring(18), i);
      } else if (source.startsWith("attributes.")) {
        attributes.put(source.substring(11), i);
      } else if (source.startsWith("relationships")) {
        relations.put(source.substring(source.indexOf('.') + 1), i);
      } else {
        own.put(source, i);
      }
    }
    try (JsonParser parser = JSON.createParser(json)) {
      read(parser);
    }
  }

  /** A text or null for each column, in their order. */
  List<String[]> rows() {
    return rows;
  }

  long total() {
    return total;
  }

  private void read(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "meta" -> {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean counts = parser.currentName().equals("total");
            parser.nextToken();
            if (counts) {
              total = parser.getLongValue();
            } else {
              parser.skipChildren();
            }
          }
        }
        case "data" -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            record(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void record(JsonParser parser) throws IOException {
    String[] row = new String[columns.size()];
    int start = (int) parser.currentTokenLocation().getByteOffset();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "id" -> row[own.get("id")] = parser.getText();
        case "attributes" -> fields(parser, row, attributes);
        case "relationships" -> relationships(parser, row);
        default -> parser.skipChildren();
      }
    }
    int end = (int) parser.currentLocation().getByteOffset();
    row[own.get("$raw")] = new String(json, start, end - start, StandardCharsets.UTF_8);
    if (row[own.get("$deleted")] == null) {
      row[own.get("$deleted")] = "false";
    }
    rows.add(row);
  }

  private void fields(JsonParser parser, String[] row, Map<String, Integer> places)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && name.equals("custom")) {
        fields(parser, row, customs);
        continue;
      }
      Integer place = name.equals("deleted") ? own.get("$deleted") : places.get(name);
      String text = token == JsonToken.VALUE_NULL ? null : text(parser);
      if (place != null && text != null) {
        boolean unset = token.isStructStart() && text.length() == 2;
        row[place] = unset && !columns.get(place).takesObjects() ? null : text;
      }
    }
  }

  private void relationships(JsonParser parser, String[] row) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Integer place = relations.get(parser.currentName());
      parser.nextToken();
      if (place == null) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = parser.currentName().equals("data");
        JsonToken token = parser.nextToken();
        if (data && token == JsonToken.START_OBJECT) {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean id = parser.currentName().equals("id");
            parser.nextToken();
            if (id) {
              row[place] = parser.getText();
            } else {
              parser.skipChildren();
            }
          }
        } else if (data && token == JsonToken.START_ARRAY) {
          row[place] = ids(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static String ids(JsonParser parser) throws IOException {
    StringBuilder ids = new StringBuilder("[");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean id = parser.currentName().equals("id");
        parser.nextToken();
        if (id) {
          ids.append(ids.length() > 1 ? "," : "").append('"').append(parser.getText()).append('"');
        } else {
          parser.skipChildren();
        }
      }
    }
    return ids.append(']').toString();
  }

  private String text(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      return parser.getText();
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return new String(json, start, end - start, StandardCharsets.UTF_8);
  }
}
