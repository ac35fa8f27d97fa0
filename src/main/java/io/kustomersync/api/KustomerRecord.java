package io.kustomersync.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One JSON:API object as Kustomer sent it. Immutable by convention: nobody changes its {@link
 * #json}.
 *
 * @param type {@code customer}, {@code kobject.order}, …
 * @param id 24 hex characters as a rule; klass and metadata ids are names (kustomer-api.md §5)
 * @param updatedAt the replication cursor; empty when missing or not a date-time
 * @param createdAt empty when missing or not a date-time
 * @param rev grows with each write; absent on users, tags and teams
 * @param deleted {@code attributes.deleted} is true, or {@code attributes.deletedAt} is set
 * @param sent the whole object
 */
public record KustomerRecord(
    String type,
    String id,
    Optional<Instant> updatedAt,
    Optional<Instant> createdAt,
    OptionalLong rev,
    boolean deleted,
    RecordJson sent) {

  /**
   * @param json the whole object, numbers exact
   * @param raw the same object, byte for byte as sent (UTF-8 text)
   */
  public KustomerRecord(
      String type,
      String id,
      Optional<Instant> updatedAt,
      Optional<Instant> createdAt,
      OptionalLong rev,
      boolean deleted,
      ObjectNode json,
      String raw) {
    this(type, id, updatedAt, createdAt, rev, deleted, new RecordJson(raw, json));
  }

  /** The whole object, numbers exact. */
  public ObjectNode json() {
    return sent.tree();
  }

  /** The same object, byte for byte as sent (UTF-8 text). */
  public String raw() {
    return sent.raw();
  }

  /** Frees memory: from now on {@link #json} is read anew whenever it is asked for. */
  public void letGoOfJson() {
    sent.letGoOfTree();
  }

  /** Safe to log. */
  @Override
  public String toString() {
    return type + " " + id;
  }
}
