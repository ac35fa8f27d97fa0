package io.kustomersync.schema;

import java.util.Optional;
import java.util.Set;

/** What Kustomer's documentation says of a field's type (kustomer-api.md §4). */
final class KnownFields {

  /** Only these: other names end in {@code At} too and hold whatever they like (§4.7). */
  private static final Set<String> TIMESTAMPS =
      Set.of(
          "createdAt",
          "updatedAt",
          "modifiedAt",
          "importedAt",
          "deletedAt",
          "signedUpAt",
          "lastSeenAt",
          "lastActivityAt",
          "lastCustomerActivityAt",
          "lastMessageAt",
          "lastReceivedAt",
          "sentAt",
          "errorAt",
          "redactedAt",
          "endedAt",
          "publishedAt",
          "expiresAt",
          "handleAt",
          "messageAt",
          "noteAt",
          "emailVerifiedAt",
          "firstEmailVerifiedAt",
          "firstLoginAt",
          "mostRecentLoginAt");

  private KnownFields() {}

  /** The type of a system field, if it can be told without its value. */
  static Optional<ColumnType> ofAttribute(String name) {
    return TIMESTAMPS.contains(name) ? Optional.of(ColumnType.TIMESTAMP) : Optional.empty();
  }

  /** The type of a field of {@code custom}, which its suffix alone decides (§4.7). */
  static Optional<ColumnType> ofCustom(String name) {
    if (name.endsWith("Num")) {
      return Optional.of(ColumnType.DECIMAL);
    }
    if (name.endsWith("At")) {
      return Optional.of(ColumnType.TIMESTAMP);
    }
    if (name.endsWith("Bool")) {
      return Optional.of(ColumnType.BOOLEAN);
    }
    // An Id may be a list of ids, which a text column keeps as JSON text.
    if (name.endsWith("Str")
        || name.endsWith("Txt")
        || name.endsWith("Url")
        || name.endsWith("Id")
        || name.endsWith("Tree")) {
      return Optional.of(ColumnType.TEXT);
    }
    return Optional.empty();
  }
}
