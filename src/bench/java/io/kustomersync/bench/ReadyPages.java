package io.kustomersync.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * All records of one kind, each packed beforehand, so that any page of them is put together without
 * work: whoever asks differently, in other parts or another order, gets answers as cheap. Made
 * once; then thread-safe.
 */
final class ReadyPages {

  /** Sends one search; gives the unpacked body. */
  interface Asker {
    byte[] ask(String query, String body) throws IOException;
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final int PAGE = 500;
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, 3};
  private static final byte[] LAST_BLOCK = {3, 0};
  private static final Pattern BOUND = Pattern.compile("\"(gte|lt)\":\"([^\"]+)\"");
  private static final Pattern PAGING = Pattern.compile("page=(\\d+)&pageSize=(\\d+)");

  /**
   * @param packed blocks of DEFLATE that need nothing before them
   */
  private record Ready(long updatedAt, byte[] json, byte[] packed) {}

  private final String object;
  private final List<Ready> records = new ArrayList<>();
  private final Ready comma = ready(0, ",".getBytes(StandardCharsets.US_ASCII));

  private ReadyPages(String object) {
    this.object = object;
  }

  /** Reads everything once. */
  static ReadyPages of(String object, Instant from, Asker asker) throws IOException {
    ReadyPages pages = new ReadyPages(object);
    String cursor = from.toString().replace("Z", ".000Z");
    Set<String> seen = new HashSet<>();
    for (int size = PAGE; size == PAGE; ) {
      Set<String> page = new HashSet<>();
      size = pages.take(asker.ask("page=1&pageSize=" + PAGE, pages.search(cursor)), seen, page);
      seen = page;
      cursor = Instant.ofEpochMilli(pages.at(pages.records.size() - 1)).toString();
    }
    return pages;
  }

  private String search(String from) {
    return ("{'queryContext':'%1$s','and':[{'%1$s_updated_at':{'gte':'%2$s'}}],"
            + "'sort':[{'%1$s_updated_at':'asc'}],'includeDeleted':true}")
        .formatted(object, from)
        .replace('\'', '"');
  }

  private long at(int record) {
    return records.get(record).updatedAt;
  }

  private int take(byte[] answer, Set<String> before, Set<String> ids) throws IOException {
    try (JsonParser parser = JSON.createParser(answer)) {
      while (!(parser.nextToken() == JsonToken.FIELD_NAME
          && parser.currentName().equals("data")
          && parser.getParsingContext().getParent().inRoot())) {
        // on to the records
      }
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String id = "";
        String updatedAt = "";
        for (int depth = 1; depth > 0; ) {
          JsonToken token = parser.nextToken();
          depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
          if (token == JsonToken.FIELD_NAME && depth == 1 && parser.currentName().equals("id")) {
            id = parser.nextTextValue();
          } else if (token == JsonToken.FIELD_NAME
              && depth == 2
              && parser.currentName().equals("updatedAt")) {
            updatedAt = parser.nextTextValue();
          }
        }
        int end = (int) parser.currentLocation().getByteOffset();
        if (ids.add(id) && !before.contains(id)) {
          byte[] json = Arrays.copyOfRange(answer, start, end);
          records.add(ready(Instant.parse(updatedAt).toEpochMilli(), json));
        }
      }
    }
    return ids.size();
  }

  private static Ready ready(long updatedAt, byte[] json) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(json);
    byte[] packed = new byte[json.length + 100];
    int length = deflater.deflate(packed, 0, packed.length, Deflater.FULL_FLUSH);
    deflater.end();
    return new Ready(updatedAt, json, Arrays.copyOf(packed, length));
  }

  /** A whole gzip file; empty if the search is not one of these records in order of update. */
  Optional<byte[]> answer(String query, String body) {
    Matcher paging = PAGING.matcher(query);
    if (!paging.find()
        || !body.contains("\"queryContext\":\"" + object + "\"")
        || !body.contains("\"sort\":[{\"" + object + "_updated_at\":\"asc\"}]")
        || body.contains("_created_at")) {
      return Optional.empty();
    }
    int from = 0;
    int to = records.size();
    Matcher bound = BOUND.matcher(body);
    while (bound.find()) {
      int place = firstFrom(Instant.parse(bound.group(2)).toEpochMilli());
      if (bound.group(1).equals("gte")) {
        from = Math.max(from, place);
      } else {
        to = Math.min(to, place);
      }
    }
    int page = Integer.parseInt(paging.group(1));
    int size = Integer.parseInt(paging.group(2));
    int total = Math.max(0, to - from);
    int first = from + (page - 1) * size;
    return Optional.of(pack(page, size, total, first, Math.min(to, first + size)));
  }

  private int firstFrom(long updatedAt) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle) < updatedAt) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private byte[] pack(int page, int size, int total, int first, int end) {
    String meta =
        String.format(
            Locale.ROOT,
            "{\"meta\":{\"pageSize\":%d,\"page\":%d,\"total\":%d,\"totalPages\":%d,"
                + "\"aggregations\":{},\"timed_out\":false},\"data\":[",
            size,
            page,
            total,
            (total + size - 1) / size);
    Gzip gzip = new Gzip((end - first) * 800 + 1_000);
    gzip.add(ready(0, meta.getBytes(StandardCharsets.US_ASCII)));
    for (int i = first; i < end; i++) {
      if (i > first) {
        gzip.add(comma);
      }
      gzip.add(records.get(i));
    }
    gzip.add(ready(0, "],\"links\":{\"next\":null}}".getBytes(StandardCharsets.US_ASCII)));
    return gzip.end();
  }

  /** Blocks one after the other make one stream; only the sum is made anew. */
  private static final class Gzip {
    private final ByteArrayOutputStream out;
    private final CRC32 sum = new CRC32();
    private int length;

    Gzip(int size) {
      out = new ByteArrayOutputStream(size);
      out.writeBytes(HEAD);
    }

    void add(Ready part) {
      out.writeBytes(part.packed);
      sum.update(part.json);
      length += part.json.length;
    }

    byte[] end() {
      out.writeBytes(LAST_BLOCK);
      ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(trailer.putInt((int) sum.getValue()).putInt(length).array());
      return out.toByteArray();
    }
  }
}
