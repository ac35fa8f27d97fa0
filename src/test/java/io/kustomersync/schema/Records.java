package io.kustomersync.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Records as the reading side hands them over. */
public final class Records {

  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Records() {}

  public static KustomerRecord record(String json) {
    try {
      return record((ObjectNode) JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  public static KustomerRecord record(ObjectNode json) {
    JsonNode attributes = json.path("attributes");
    JsonNode rev = attributes.path("rev");
    return new KustomerRecord(
        json.path("type").asText(),
        json.path("id").asText(),
        instant(attributes.path("updatedAt")),
        instant(attributes.path("createdAt")),
        rev.canConvertToLong() && rev.isIntegralNumber()
            ? OptionalLong.of(rev.longValue())
            : OptionalLong.empty(),
        attributes.path("deleted").asBoolean() || attributes.path("deletedAt").isTextual(),
        json,
        json.toString());
  }

  /** A record with only these attributes, written as JSON. */
  public static KustomerRecord withAttributes(String id, String attributes) {
    return record("{\"type\":\"t\",\"id\":\"" + id + "\",\"attributes\":" + attributes + "}");
  }

  private static Optional<Instant> instant(JsonNode node) {
    try {
      return node.isTextual() ? Optional.of(Instant.parse(node.textValue())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
