package io.kustomersync.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record as sent, and as a tree: a page that waits for its turn needs several times the memory
 * with trees. Thread-safe.
 */
final class RecordJson {

  private final String raw;
  private volatile ObjectNode tree;

  RecordJson(String raw, ObjectNode tree) {
    this.raw = raw;
    this.tree = tree;
  }

  String raw() {
    return raw;
  }

  /** The same at each call, though after {@link #letGoOfTree} another object each time. */
  ObjectNode tree() {
    ObjectNode kept = tree;
    if (kept != null) {
      return kept;
    }
    try {
      return (ObjectNode) ExactJson.MAPPER.readTree(raw);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  void letGoOfTree() {
    tree = null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordJson json && json.raw.equals(raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }
}
