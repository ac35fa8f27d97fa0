package io.kustomersync.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerException.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds in one JSON:API object what reading needs to know of it (kustomer-api.md §4, §5). */
final class RecordReader {

  private final ObjectNode record;
  private final JsonNode attributes;
  private final int index;

  /**
   * @param index place in {@code data}, to name the record when it has no id
   */
  RecordReader(ObjectNode record, int index) {
    this.record = record;
    this.attributes = record.path("attributes");
    this.index = index;
  }

  KustomerRecord read(String raw) {
    String id = record.path("id").asText("");
    if (!record.path("id").isTextual() || id.isEmpty()) {
      throw new Refused(200, "data[" + index + "] has no id");
    }
    return new KustomerRecord(
        record.path("type").asText(""),
        id,
        time("updatedAt"),
        time("createdAt"),
        rev(),
        deleted(),
        record,
        raw);
  }

  Optional<String> org() {
    JsonNode org = record.path("relationships").path("org").path("data").path("id");
    return Optional.ofNullable(org.textValue()).filter(id -> !id.isEmpty());
  }

  private Optional<Instant> time(String attribute) {
    String text = attributes.path(attribute).textValue();
    return text == null ? Optional.empty() : KustomerTime.parse(text);
  }

  private OptionalLong rev() {
    JsonNode rev = attributes.path("rev");
    return rev.isIntegralNumber() && rev.canConvertToLong()
        ? OptionalLong.of(rev.longValue())
        : OptionalLong.empty();
  }

  /** An unset value may be absent, null, {} or [] (kustomer-api.md §5), and is no deletion. */
  private boolean deleted() {
    JsonNode deleted = attributes.path("deleted");
    JsonNode deletedAt = attributes.path("deletedAt");
    return (deleted.isBoolean() && deleted.booleanValue())
        || (deletedAt.isTextual() && !deletedAt.textValue().isBlank())
        || deletedAt.isNumber();
  }
}
