package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.Version;
import java.util.Set;

/**
 * The attributes that the sandbox can search by. The real schema knows many more; all others are
 * refused (kustomer-api.md §3.3, §3.6).
 */
enum SearchField {
  UPDATED_AT,
  CREATED_AT,
  DELETED,
  ID;

  private static final Set<String> DELETED_LIVE = Set.of("note_deleted");
  private static final Set<String> DELETED_ARCHIVE =
      Set.of("customer_deleted", "conversation_deleted");

  /**
   * @throws RefusedCall 400 for an attribute that is unknown in this context
   */
  static SearchField of(String attribute, String context, boolean archive) {
    String object = context.startsWith("kobject_") ? "kobject" : context;
    String name = attribute;
    if (archive && name.startsWith(context + "_")) {
      // Archive search also knows kobject_<klass>_updated_at.
      name = object + name.substring(context.length());
    }
    if (name.equals(object + "_updated_at")) {
      return UPDATED_AT;
    } else if (name.equals(object + "_created_at")) {
      return CREATED_AT;
    } else if (name.startsWith(object + "_deleted")
        && (archive ? DELETED_ARCHIVE : DELETED_LIVE).contains(name)) {
      return DELETED;
    } else if (archive && name.equals(object + "_id")) {
      return ID;
    }
    throw RefusedCall.badParameter(
        attribute, "Additional properties not allowed", "no such attribute in this context");
  }

  boolean isDate() {
    return this == UPDATED_AT || this == CREATED_AT;
  }

  /** Only of dates; epoch milliseconds. */
  long time(Version version) {
    return this == UPDATED_AT ? version.updatedAt() : version.createdAt();
  }
}
