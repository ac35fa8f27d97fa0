package io.kustomersync.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@link Checkpoint} as JSON text and back, for the store and for {@code checkpoint
 * export|import}. Stateless and thread-safe.
 */
public final class CheckpointJson {

  /** Raised when the meaning of a stored checkpoint changes; newer ones are refused. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private CheckpointJson() {}

  /** The whole checkpoint, ledger included. */
  public static ObjectNode write(Checkpoint checkpoint) {
    ObjectNode json = writeWithoutLedger(checkpoint);
    ArrayNode ledger = json.putArray("ledger");
    for (Ledger.Chunk chunk : checkpoint.ledger().chunks()) {
      ledger
          .addObject()
          .put("number", chunk.number())
          .put("oldest", chunk.oldest().toString())
          .put("newest", chunk.newest().toString())
          .put("versions", Base64.getEncoder().encodeToString(chunk.versions()));
    }
    return json;
  }

  /**
   * @param place where the text came from, for messages
   * @throws CheckpointException when it is not a checkpoint this version understands
   */
  public static Checkpoint read(JsonNode json, String place) {
    List<Ledger.Chunk> chunks = new ArrayList<>();
    try {
      for (JsonNode chunk : json.path("ledger")) {
        chunks.add(
            new Ledger.Chunk(
                chunk.required("number").longValue(),
                Instant.parse(chunk.required("oldest").textValue()),
                Instant.parse(chunk.required("newest").textValue()),
                Base64.getDecoder().decode(chunk.required("versions").textValue())));
      }
    } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
      throw damaged(place, e);
    }
    return read(json, Ledger.of(chunks), place);
  }

  /** Several checkpoints as one document. */
  public static String writeAll(List<Checkpoint> checkpoints) {
    ObjectNode document = JSON.createObjectNode().put("format", FORMAT);
    ArrayNode all = document.putArray("checkpoints");
    checkpoints.forEach(checkpoint -> all.add(write(checkpoint)));
    return document.toPrettyString();
  }

  /**
   * What {@link #writeAll} wrote.
   *
   * @throws CheckpointException when it is not such a document
   */
  public static List<Checkpoint> readAll(String text, String place) {
    JsonNode document = parse(text, place);
    if (!document.path("checkpoints").isArray()) {
      throw new CheckpointException(
          place + ": holds no checkpoints; give a file that \"checkpoint export\" wrote", null);
    }
    List<Checkpoint> checkpoints = new ArrayList<>();
    document.get("checkpoints").forEach(json -> checkpoints.add(read(json, place)));
    return checkpoints;
  }

  static ObjectNode writeWithoutLedger(Checkpoint checkpoint) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("table", checkpoint.table());
    checkpoint.org().ifPresent(org -> json.put("org", org));
    checkpoint.since().ifPresent(since -> json.put("since", since.toString()));
    checkpoint.position().ifPresent(position -> json.put("position", position.toString()));
    checkpoint.historyPage().ifPresent(page -> json.put("historyPage", page));
    json.put("delivered", checkpoint.delivered());
    ObjectNode known = json.putObject("known");
    checkpoint.known().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(row -> known.put(row.getKey(), row.getValue()));
    return json;
  }

  static Checkpoint read(JsonNode json, Ledger ledger, String place) {
    int format = json.path("format").asInt(0);
    if (format > FORMAT) {
      throw new CheckpointException(
          place
              + ": written by a newer version of Kustomer Sync (format "
              + format
              + ", this one knows "
              + FORMAT
              + "); run that version or a later one",
          null);
    }
    try {
      if (format < 1) {
        throw new IllegalArgumentException("no format number");
      }
      Map<String, String> known = new HashMap<>();
      json.required("known")
          .fields()
          .forEachRemaining(row -> known.put(row.getKey(), row.getValue().textValue()));
      return new Checkpoint(
          text(json, "table").orElseThrow(() -> new IllegalArgumentException("no table")),
          text(json, "org"),
          text(json, "since").map(Instant::parse),
          text(json, "position").map(Instant::parse),
          json.has("historyPage")
              ? OptionalInt.of(json.get("historyPage").intValue())
              : OptionalInt.empty(),
          ledger,
          known,
          json.path("delivered").asLong());
    } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
      throw damaged(place, e);
    }
  }

  static JsonNode parse(String text, String place) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json == null || !json.isObject()) {
        throw damaged(place, null);
      }
      return json;
    } catch (JsonProcessingException e) {
      throw damaged(place, e);
    }
  }

  static CheckpointException damaged(String place, Exception cause) {
    return new CheckpointException(
        place
            + ": damaged"
            + (cause == null || cause.getMessage() == null
                ? ""
                : " (" + cause.getMessage().lines().findFirst().orElse("") + ")")
            + "; restore it from a backup or from \"checkpoint export\", or give it up with"
            + " \"kustomer-sync reset TABLE\", which reads the table again from the start date",
        cause);
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }
}
