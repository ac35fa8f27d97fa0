package io.kustomersync.schema;

import static io.kustomersync.schema.ColumnSource.Kind.ATTRIBUTE;
import static io.kustomersync.schema.ColumnSource.Kind.CUSTOM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.PagePlan.Slot;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Reads one record's cells, adding to the plan what it does not know yet. */
final class AttributeFlattener {
  private final PagePlan plan;
  private final KustomerRecord record;
  private Object[] cells;

  AttributeFlattener(PagePlan plan, KustomerRecord record) {
    this.plan = plan;
    this.record = record;
    this.cells = new Object[plan.slots().size()];
  }

  Object[] read(OffsetDateTime now, boolean raw) {
    set(plan.id, record.id());
    set(plan.createdAt, utc(record.createdAt()));
    set(plan.updatedAt, utc(record.updatedAt()));
    set(plan.rev, record.rev().isPresent() ? (Object) record.rev().getAsLong() : null);
    set(plan.deleted, record.deleted());
    set(plan.syncedAt, now);
    if (raw) {
      set(plan.raw(), record.raw());
    }
    JsonNode json = record.json(); // may be read anew
    for (Map.Entry<String, JsonNode> field : json.path("attributes").properties()) {
      attribute(field.getKey(), field.getValue());
    }
    for (Map.Entry<String, JsonNode> field : json.path("relationships").properties()) {
      relationship(field.getKey(), field.getValue().path("data"));
    }
    return cells;
  }

  private void attribute(String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (isCustom(name, value)) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        custom(field.getKey(), field.getValue());
      }
      return;
    }
    Slot slot = plan.attribute(name);
    if (slot == null) {
      ColumnType type = KnownFields.ofAttribute(name).orElseGet(() -> CellValue.typeOf(value));
      slot = plan.add(new ColumnSource(ATTRIBUTE, name), type);
    } else if (isFixed(slot)) {
      fixed(slot, value);
      return;
    }
    convert(slot, value);
  }

  /** Whether the field has a column for each of its fields, and none for itself. */
  static boolean isParted(ColumnSource source, JsonNode value) {
    return source.kind() == ATTRIBUTE && isCustom(source.field(), value);
  }

  private static boolean isCustom(String name, JsonNode value) {
    return value.isObject() && name.equals("custom");
  }

  private void custom(String name, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    Slot slot = plan.custom(name);
    if (slot == null) {
      ColumnType type = KnownFields.ofCustom(name).orElseGet(() -> CellValue.typeOf(value));
      slot = plan.add(new ColumnSource(CUSTOM, name), type);
    }
    convert(slot, value);
  }

  private void relationship(String name, JsonNode data) {
    if (data.isArray()) {
      set(plan.relatedIds(name), ids(data));
    } else if (!data.isMissingNode() && !data.isNull()) {
      JsonNode id = data.has("id") ? data.get("id") : data;
      boolean none = id.isNull() || CellValue.isUnset(id);
      set(plan.relatedId(name), none ? null : CellValue.text(id));
    }
  }

  private static String ids(JsonNode data) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : data) {
      ids.add(element.has("id") ? element.get("id") : element);
    }
    return JsonText.of(ids);
  }

  private boolean isFixed(Slot slot) {
    return slot == plan.createdAt
        || slot == plan.updatedAt
        || slot == plan.rev
        || slot == plan.deleted;
  }

  /** The fixed columns never widen, since sinks compare them; what does not fit goes beside. */
  private void fixed(Slot slot, JsonNode value) {
    boolean told = slot == plan.deleted ? value.isBoolean() : cells[slot.index] != null;
    if (told || CellValue.isUnset(value)) {
      return;
    }
    Object converted = CellValue.of(slot.type, value);
    if (converted == CellValue.MISFIT) {
      set(plan.textOf(slot), CellValue.text(value));
    } else if (slot.type == ColumnType.TIMESTAMP) {
      set(slot, ((OffsetDateTime) converted).withOffsetSameInstant(ZoneOffset.UTC));
    } else {
      set(slot, converted);
    }
  }

  private void convert(Slot slot, JsonNode value) {
    Object converted = CellValue.of(slot.type, value);
    if (converted == CellValue.MISFIT) {
      slot.widenTo(CellValue.widen(slot.type, value));
      converted = CellValue.of(slot.type, value);
    }
    set(slot, converted);
  }

  private void set(Slot slot, Object value) {
    if (slot.index >= cells.length) {
      Object[] wider = new Object[Math.max(plan.slots().size(), slot.index + 1)];
      System.arraycopy(cells, 0, wider, 0, cells.length);
      cells = wider;
    }
    cells[slot.index] = value;
  }

  private static OffsetDateTime utc(Optional<Instant> instant) {
    return instant.isPresent() ? instant.get().atOffset(ZoneOffset.UTC) : null;
  }
}
