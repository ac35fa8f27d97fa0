package io.kustomersync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.ColumnRules.Action;

/**
 * A record built anew of the columns that go on. What has no column (null fields, links, metadata)
 * is not in it. Used by one thread.
 */
final class TreatedRecord {

  /** The source of the column {@code raw}. */
  static final String RAW = "$raw";

  private final ObjectNode sent;
  private final ValueTreatment values;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ObjectNode attributes = JsonNodeFactory.instance.objectNode();
  private final ObjectNode custom = JsonNodeFactory.instance.objectNode();
  private final ObjectNode relationships = JsonNodeFactory.instance.objectNode();

  TreatedRecord(KustomerRecord record, ValueTreatment values) {
    this.sent = record.json();
    this.values = values;
    json.put("type", record.type()).put("id", record.id());
  }

  /**
   * Takes a column into the record.
   *
   * @param value what the row holds, perhaps null
   * @return the row's value, treated
   */
  Object take(Column column, Action action, Object value) {
    ColumnSource source = ColumnSource.parse(column.source());
    if (value == null) {
      return null;
    }
    if (source.kind() == ColumnSource.Kind.OWN) {
      if (column.source().equals("$deleted")) {
        put(attributes, "deleted", sent.path("attributes").path("deleted"));
      }
      return action == Action.INCLUDE ? value : values.of(action, value.toString());
    }
    JsonNode node = node(source);
    JsonNode treated = values.of(action, node);
    switch (source.kind()) {
      case ATTRIBUTE -> put(attributes, source.field(), treated);
      case CUSTOM -> put(custom, source.field(), treated);
      default -> relate(source.field(), action, treated);
    }
    if (action == Action.INCLUDE) {
      return value;
    }
    return column.type() == ColumnType.JSON && action == Action.MASK
        ? JsonText.of(treated)
        : CellValue.text(treated);
  }

  /** What was taken so far, as text. */
  String json() {
    if (!custom.isEmpty()) {
      attributes.set("custom", custom);
    }
    json.set("attributes", attributes);
    json.set("relationships", relationships);
    return JsonText.of(json);
  }

  private JsonNode node(ColumnSource source) {
    JsonNode attributes = sent.path("attributes");
    return switch (source.kind()) {
      case ATTRIBUTE -> attributes.path(source.field());
      case CUSTOM -> attributes.path("custom").path(source.field());
      case RELATED_ID -> {
        JsonNode data = sent.path("relationships").path(source.field()).path("data");
        yield data.has("id") ? data.get("id") : data;
      }
      default -> sent.path("relationships").path(source.field()).path("data");
    };
  }

  /** Without links and metadata, which name ids once more. */
  private void relate(String field, Action action, JsonNode value) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    JsonNode type = sent.path("relationships").path(field).path("data").path("type");
    if (action == Action.INCLUDE && type.isTextual()) {
      data.set("type", type);
    }
    data.set("id", value);
    ObjectNode relationship = JsonNodeFactory.instance.objectNode();
    relationship.set("data", value.isArray() ? value : data);
    relationships.set(field, relationship);
  }

  private static void put(ObjectNode object, String field, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      object.set(field, value);
    }
  }
}
