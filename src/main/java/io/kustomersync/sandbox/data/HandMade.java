package io.kustomersync.sandbox.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Records whose JSON someone wrote by hand, instead of a template. */
public final class HandMade {
  /** Numbers stay as they were written. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private HandMade() {}

  public static ObjectNode parse(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("Not a JSON object: " + json);
  }

  /** The version that holds this record: a new one, or the next of the one with its id. */
  static Version version(RecordStore store, ObjectNode json, long writtenAt) {
    String id = json.path("id").asText("");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("A hand-made record needs an \"id\".");
    }
    JsonNode attributes = json.path("attributes");
    Optional<Version> before = store.find(id);
    return new Version(
        before.map(Version::ordinal).orElse(store.size()),
        attributes.path("rev").asInt(before.map(v -> v.rev() + 1).orElse(1)),
        time(attributes.path("updatedAt"), writtenAt),
        time(attributes.path("createdAt"), before.map(Version::createdAt).orElse(writtenAt)),
        attributes.path("deleted").asBoolean(false),
        id,
        json.toString());
  }

  /** The same record after a further write. */
  static String touched(String body, int rev, long at, boolean deleted) {
    ObjectNode json = parse(body);
    StringBuilder time = new StringBuilder();
    IsoTime.append(time, at);
    ObjectNode attributes = json.withObject("/attributes");
    attributes.put("updatedAt", time.toString()).put("rev", rev);
    if (deleted || attributes.has("deleted")) {
      attributes.put("deleted", deleted);
    }
    return json.toString();
  }

  private static long time(JsonNode value, long otherwise) {
    try {
      return OffsetDateTime.parse(value.asText("")).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
