package io.kustomersync.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerException.Incomplete;
import io.kustomersync.api.KustomerException.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads the body of a good answer (kustomer-api.md §2.2, §3.5, §4). All or nothing: a body that is
 * not one whole JSON document, or that says it is partial, gives no page. Stateless; thread-safe.
 *
 * <p>Messages never quote the body: it holds customers' mail.
 */
public final class PageParser {

  /**
   * @param body UTF-8, decompressed
   * @throws Incomplete when the body is empty, not JSON, cut short, followed by something else,
   *     without {@code data}, or marked {@code meta.timed_out}: asking again may help
   * @throws Refused when it is whole but of a shape that nobody can read, so that asking again
   *     would not help: a record without an id, over 1,000 levels deep, {@code links.next} not a
   *     text
   */
  public Page parse(byte[] body) {
    byte[] json = withoutByteOrderMark(body);
    refuseWhatIsNotJson(json);
    try (JsonParser parser = ExactJson.MAPPER.getFactory().createParser(json)) {
      return new Document(json, parser).read();
    } catch (StreamConstraintsException e) {
      throw new Refused(
          200,
          String.format(
              Locale.ROOT,
              "the answer exceeds what is read: %,d levels deep, texts of %,d characters, numbers"
                  + " of %,d digits",
              ExactJson.MAX_DEPTH,
              ExactJson.MAX_TEXT,
              ExactJson.MAX_DIGITS));
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      throw new Incomplete(
          "the answer is cut short or is not JSON"
              + (at < 0 ? "" : " at byte " + at)
              + " of "
              + json.length);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Refused(200, "the answer holds a number whose exponent is beyond what is read");
    } catch (IOException e) {
      // CharConversionException among others: bytes that are not UTF-8.
      throw new Incomplete("the answer can't be read as JSON in UTF-8");
    }
  }

  private static byte[] withoutByteOrderMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private static void refuseWhatIsNotJson(byte[] json) {
    int first = 0;
    while (first < json.length && json[first] <= ' ' && json[first] > 0) {
      first++;
    }
    if (first == json.length) {
      throw new Incomplete("the answer is empty");
    }
    if (json[first] == '<') {
      throw new Incomplete("the answer is a web page, not JSON");
    }
    // Not left to Jackson: it would take UTF-16 and UTF-32, and byte offsets would be wrong.
    if (json[first] != '{' || (json.length > first + 1 && json[first + 1] == 0)) {
      throw new Incomplete("the answer is not a JSON object");
    }
  }

  /** One parse. */
  private static final class Document {
    private final byte[] json;
    private final JsonParser parser;
    private final List<KustomerRecord> records = new ArrayList<>();
    private Optional<String> org = Optional.empty();
    private JsonNode meta = MissingNode.getInstance();
    private JsonNode links = MissingNode.getInstance();
    private boolean dataSeen;

    Document(byte[] json, JsonParser parser) {
      this.json = json;
      this.parser = parser;
    }

    Page read() throws IOException {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "data" -> data();
          case "meta" -> meta = parser.readValueAsTree();
          case "links" -> links = parser.readValueAsTree();
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new Incomplete("something follows the end of the answer");
      }
      if (meta.path("timed_out").asBoolean()) {
        throw new Incomplete("Kustomer's search timed out and gave a part only (meta.timed_out)");
      }
      if (!dataSeen) {
        throw new Incomplete("the answer has no \"data\"");
      }
      return new Page(List.copyOf(records), total(), pageSize(), next(), org);
    }

    private void data() throws IOException {
      if (dataSeen) {
        throw new Refused(200, "the answer has \"data\" twice");
      }
      switch (parser.currentToken()) {
        case START_ARRAY -> {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            record();
          }
        }
        case START_OBJECT -> record();
        case VALUE_NULL -> throw new Incomplete("the answer has null as its \"data\"");
        default -> throw new Refused(200, "\"data\" is neither a list nor an object");
      }
      dataSeen = true;
    }

    private void record() throws IOException {
      if (parser.currentToken() == null) {
        throw new Incomplete("the answer is cut short");
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new Refused(200, "data[" + records.size() + "] is not an object");
      }
      int start = (int) parser.currentTokenLocation().getByteOffset();
      ObjectNode tree = parser.readValueAsTree();
      int end = (int) parser.currentLocation().getByteOffset();
      RecordReader reader = new RecordReader(tree, records.size());
      records.add(reader.read(Utf8.decode(json, start, end)));
      if (org.isEmpty()) {
        org = reader.org();
      }
    }

    private OptionalLong total() {
      JsonNode total = meta.path("total");
      return total.isIntegralNumber() && total.canConvertToLong()
          ? OptionalLong.of(total.longValue())
          : OptionalLong.empty();
    }

    private OptionalInt pageSize() {
      JsonNode size = meta.path("pageSize");
      return size.isInt() && size.intValue() > 0
          ? OptionalInt.of(size.intValue())
          : OptionalInt.empty();
    }

    /** Anything odd stops the walk loudly: taking it for the last page would lose records. */
    private Optional<String> next() {
      if (links.isMissingNode() || links.isNull()) {
        return Optional.empty();
      }
      JsonNode next = links.path("next");
      if (!links.isObject() || !(next.isTextual() || next.isNull() || next.isMissingNode())) {
        throw new Refused(200, "links.next is neither a text nor null");
      }
      return Optional.ofNullable(next.textValue());
    }
  }
}
