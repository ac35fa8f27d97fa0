package io.kustomersync.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spoils answers of Kustomer. The same seed gives the same bytes. */
public final class Damage {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "null",
    "true",
    "1e99999999999",
    "1e-2147483648",
    "-",
    "\\",
    "\\u",
    "\\udfff",
    "\u0000",
    "\uFEFF",
    "é",
    "{\"data\":",
    "\"data\":[]",
    "NaN",
    "/*",
    "99999999999",
    "[".repeat(2_000),
    "{\"a\":".repeat(2_000),
    "9".repeat(10_001),
    "x".repeat(70_000)
  };

  private static final String[] NAMES = {
    "",
    "id",
    "type",
    "rev",
    "raw",
    "deleted",
    "deletedAt",
    "updatedAt",
    "createdAt",
    "synced_at",
    "custom",
    "data",
    "attributes",
    "relationships",
    "a\"b`c'--;",
    "\u0000",
    "../../etc",
    "CamelHttpUri",
    "${sys.x}",
    "{{x}}",
    "@class",
    "select",
    "\uD800",
    "İ",
    "fooBar",
    "foo_bar",
    "n".repeat(300)
  };

  private static final String[] TEXTS = {
    "",
    "\uDC00 alone",
    "\u0000",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2025-02-30T00:00:00Z",
    "2016-12-31T23:59:60Z",
    "2025-03-02T08:44:10.907+19:00",
    "${body}",
    "9007199254740993",
    "x".repeat(5_000)
  };

  private Damage() {}

  /** Bytes cut out, put in and changed. */
  public static byte[] ofBytes(byte[] whole, long seed, int changes) {
    Random random = new Random(seed);
    byte[] bytes = whole;
    for (int i = 0; i < changes; i++) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + random.nextInt(4));
      byte[] piece =
          random.nextBoolean()
              ? new byte[] {(byte) random.nextInt(256)}
              : PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8);
      byte[] next = new byte[bytes.length - (to - from) + piece.length];
      System.arraycopy(bytes, 0, next, 0, from);
      System.arraycopy(piece, 0, next, from, piece.length);
      System.arraycopy(bytes, to, next, from + piece.length, bytes.length - to);
      bytes = next;
    }
    return bytes;
  }

  /** Still JSON, but with fields taken out, added, renamed and given values of any other type. */
  public static byte[] ofFields(byte[] whole, long seed, int changes) {
    Random random = new Random(seed);
    try {
      JsonNode tree = ExactJson.MAPPER.readTree(whole);
      for (int i = 0; i < changes; i++) {
        List<JsonNode> places = new ArrayList<>();
        gather(tree, places);
        change(places.get(random.nextInt(places.size())), random);
      }
      return ExactJson.MAPPER.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  private static void gather(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> gather(child, containers));
    }
  }

  private static void change(JsonNode place, Random random) {
    if (place instanceof ArrayNode list) {
      if (list.isEmpty() || random.nextBoolean()) {
        list.add(value(random));
      } else if (random.nextBoolean()) {
        list.remove(random.nextInt(list.size()));
      } else {
        list.add(list.get(random.nextInt(list.size())).deepCopy());
      }
      return;
    }
    ObjectNode object = (ObjectNode) place;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String one = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(one);
      case 1 -> object.set(NAMES[random.nextInt(NAMES.length)], value(random));
      case 2 -> {
        JsonNode moved = object.remove(one);
        object.set(NAMES[random.nextInt(NAMES.length)], moved == null ? value(random) : moved);
      }
      default -> object.set(one, value(random));
    }
  }

  private static JsonNode value(Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.objectNode();
      case 2 -> NODES.arrayNode();
      case 3 -> NODES.booleanNode(random.nextBoolean());
      case 4 -> NODES.numberNode(random.nextLong());
      case 5 -> NODES.numberNode(random.nextInt(100));
      case 6 -> NODES.numberNode(new BigInteger(random.nextInt(2_000), random));
      case 7 -> NODES.numberNode(new BigDecimal(new BigInteger(60, random), random.nextInt(40)));
      case 8 -> NODES.numberNode(BigDecimal.valueOf(random.nextInt(), -random.nextInt(1_000_000)));
      case 9 -> NODES.objectNode().set(NAMES[random.nextInt(NAMES.length)], value(random));
      case 10 -> NODES.arrayNode().add(value(random)).add(value(random));
      case 11 -> NODES.textNode(Character.toString(random.nextInt(0x10FFFF)));
      default -> NODES.textNode(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }
}
