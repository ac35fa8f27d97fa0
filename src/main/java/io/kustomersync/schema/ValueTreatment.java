package io.kustomersync.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kustomersync.schema.ColumnRules.Action;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and masks values. Thread-safe. */
final class ValueTreatment {

  private static final String ALGORITHM = "HmacSHA256";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Optional<SecretKeySpec> key;

  ValueTreatment(Optional<String> key) {
    this.key = key.map(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
  }

  /** The text of a value treated; as it is for the other actions. */
  String of(Action action, String text) {
    return switch (action) {
      case HASH -> hash(text);
      case MASK -> maskAny(text);
      default -> text;
    };
  }

  /** A value of JSON treated; as it is for the other actions. */
  JsonNode of(Action action, JsonNode value) {
    return switch (action) {
      case HASH -> TextNode.valueOf(hash(CellValue.text(value)));
      case MASK -> mask(value);
      default -> value;
    };
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(
          key.orElseThrow(
              () -> new IllegalStateException("kustomer.columns.key is needed to hash columns")));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java has no HmacSHA256, which every Java must have.", e);
    }
  }

  /** The names of fields stay; lists keep their length. */
  private static JsonNode mask(JsonNode value) {
    if (value.isObject()) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> masked.set(field.getKey(), mask(field.getValue())));
      return masked;
    }
    if (value.isArray()) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> masked.add(mask(element)));
      return masked;
    }
    if (value.isNull()) {
      return value;
    }
    // the length of a truth would tell it
    return TextNode.valueOf(value.isBoolean() ? "x" : mask(value.asText()));
  }

  private static String maskAny(String text) {
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return JsonText.of(mask(JSON.readTree(text)));
      } catch (JsonProcessingException e) {
        // a text that only begins like JSON
      }
    }
    return mask(text);
  }

  private static String mask(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c >= '0' && c <= '9') {
                masked.append('0');
              } else if (c < 128 && !Character.isLetter(c)) {
                masked.appendCodePoint(c);
              } else {
                masked.append(Character.isUpperCase(c) ? 'X' : 'x');
              }
            });
    return masked.toString();
  }
}
