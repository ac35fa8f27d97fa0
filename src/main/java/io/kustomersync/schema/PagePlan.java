package io.kustomersync.schema;

import static io.kustomersync.schema.ColumnSource.Kind.ATTRIBUTE;
import static io.kustomersync.schema.ColumnSource.Kind.CUSTOM;
import static io.kustomersync.schema.ColumnSource.Kind.OWN;
import static io.kustomersync.schema.ColumnSource.Kind.RELATED_ID;
import static io.kustomersync.schema.ColumnSource.Kind.RELATED_IDS;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of one page while it is mapped: grows and widens. Used by one thread. */
final class PagePlan {

  /** One column; {@code index} is its place in a row. */
  static final class Slot {
    final int index;
    final String name;
    final ColumnSource source;
    ColumnType type;

    /** Rows mapped before the widening hold values of the narrower type. */
    boolean widened;

    private Slot(int index, String name, ColumnSource source, ColumnType type) {
      this.index = index;
      this.name = name;
      this.source = source;
      this.type = type;
    }

    void widenTo(ColumnType wider) {
      type = wider;
      widened = true;
    }
  }

  /** Ours whether or not {@code raw} is kept now: it may be switched on later. */
  private static final Set<String> RESERVED = Set.of("raw");

  private final String table;
  private final List<Slot> slots = new ArrayList<>();
  private final Set<String> names = new HashSet<>(RESERVED);
  private final Map<ColumnSource.Kind, Map<String, Slot>> bySource =
      new EnumMap<>(ColumnSource.Kind.class);
  private final Map<String, Slot> attributes;
  private final Map<String, Slot> customs;

  final Slot id;
  final Slot createdAt;
  final Slot updatedAt;
  final Slot rev;
  final Slot deleted;
  final Slot syncedAt;

  PagePlan(TableSchema known, boolean raw) {
    table = known.table();
    for (ColumnSource.Kind kind : ColumnSource.Kind.values()) {
      bySource.put(kind, new HashMap<>());
    }
    attributes = bySource.get(ATTRIBUTE);
    customs = bySource.get(CUSTOM);
    for (Column column : known.columns()) {
      add(column.name(), ColumnSource.parse(column.source()), column.type());
    }
    id = fixed("id", new ColumnSource(OWN, "id"), ColumnType.TEXT);
    createdAt = fixed("created_at", new ColumnSource(ATTRIBUTE, "createdAt"), ColumnType.TIMESTAMP);
    updatedAt = fixed("updated_at", new ColumnSource(ATTRIBUTE, "updatedAt"), ColumnType.TIMESTAMP);
    rev = fixed("rev", new ColumnSource(ATTRIBUTE, "rev"), ColumnType.INTEGER);
    deleted = fixed("deleted", new ColumnSource(OWN, "$deleted"), ColumnType.BOOLEAN);
    syncedAt = fixed("synced_at", new ColumnSource(OWN, "$synced_at"), ColumnType.TIMESTAMP);
    if (raw) {
      fixed("raw", new ColumnSource(OWN, "$raw"), ColumnType.JSON);
    }
    // attributes.deleted has no column of its own: it is part of what "deleted" says.
    attributes.put("deleted", deleted);
  }

  /** The column of an attribute, or null if it has none yet. */
  Slot attribute(String field) {
    return attributes.get(field);
  }

  /** The column of a field of {@code custom}, or null if it has none yet. */
  Slot custom(String field) {
    return customs.get(field);
  }

  /** The column that holds one related id, made if need be. */
  Slot relatedId(String field) {
    Slot slot = bySource.get(RELATED_ID).get(field);
    return slot != null ? slot : add(new ColumnSource(RELATED_ID, field), ColumnType.TEXT);
  }

  /** The column that holds a list of related ids, made if need be. */
  Slot relatedIds(String field) {
    Slot slot = bySource.get(RELATED_IDS).get(field);
    return slot != null ? slot : add(new ColumnSource(RELATED_IDS, field), ColumnType.JSON);
  }

  /** The column that keeps what does not fit a fixed column, e.g. {@code updated_at_text}. */
  Slot textOf(Slot fixed) {
    String source = "$" + fixed.name + "_text";
    Slot slot = bySource.get(OWN).get(source);
    return slot != null ? slot : add(new ColumnSource(OWN, source), ColumnType.TEXT);
  }

  /** The column of {@code raw}, or null if it was never kept. */
  Slot raw() {
    return bySource.get(OWN).get("$raw");
  }

  Slot add(ColumnSource source, ColumnType type) {
    String name = UniqueName.of(source.wantedName(), source.toString(), names::contains);
    return add(name, source, type);
  }

  List<Slot> slots() {
    return slots;
  }

  TableSchema schema() {
    List<Column> columns = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      columns.add(new Column(slot.name, slot.type, slot.source.toString()));
    }
    return new TableSchema(table, columns);
  }

  private Slot fixed(String name, ColumnSource source, ColumnType type) {
    Slot slot = bySource.get(source.kind()).get(source.field());
    return slot != null ? slot : add(name, source, type);
  }

  private Slot add(String name, ColumnSource source, ColumnType type) {
    Slot slot = new Slot(slots.size(), name, source, type);
    slots.add(slot);
    names.add(name);
    bySource.get(source.kind()).put(source.field(), slot);
    return slot;
  }
}
