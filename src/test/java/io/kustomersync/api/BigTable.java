package io.kustomersync.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Millions of records at rest, answered by search and by a list in order of id. */
final class BigTable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode NOTHING = JSON.createObjectNode();
  private static final Pattern PARAMETERS = Pattern.compile("page=(\\d+)&pageSize=(\\d+)");

  private record Row(int number, long created, long updated, boolean deleted) {
    KustomerRecord toRecord() {
      return new KustomerRecord(
          "message",
          String.format("%024x", number),
          Optional.of(Instant.ofEpochMilli(updated)),
          Optional.of(Instant.ofEpochMilli(created)),
          OptionalLong.of(1),
          deleted,
          NOTHING,
          "{}");
    }
  }

  private final List<Row> byUpdate = new ArrayList<>();
  private final List<Row> listed = new ArrayList<>();
  private final long[] updates;

  /**
   * Evenly spread in time; each was last changed up to a day after it was created.
   *
   * @param deleted which part of them
   */
  BigTable(int records, Instant from, Instant to, double deleted, long seed) {
    Random random = new Random(seed);
    long step = (to.toEpochMilli() - from.toEpochMilli()) / records;
    for (int i = 0; i < records; i++) {
      long created = from.toEpochMilli() + i * step;
      long updated = created + random.nextInt(86_400_000);
      Row row = new Row(i, created, updated, random.nextDouble() < deleted);
      byUpdate.add(row);
      if (!row.deleted) {
        listed.add(row);
      }
    }
    byUpdate.sort(Comparator.comparingLong(Row::updated).thenComparing(Row::number));
    updates = byUpdate.stream().mapToLong(Row::updated).toArray();
  }

  Page answer(ApiRequest request) {
    Matcher parameters = PARAMETERS.matcher(request.query());
    if (!parameters.find()) {
      throw new IllegalArgumentException(request.query());
    }
    int from = (Integer.parseInt(parameters.group(1)) - 1) * Integer.parseInt(parameters.group(2));
    int size = Integer.parseInt(parameters.group(2));
    return request.body().isPresent()
        ? search(request.body().get(), from, size)
        : page(listed, 0, listed.size(), from, size, OptionalLong.empty());
  }

  private Page search(String body, int from, int size) {
    try {
      JsonNode query = JSON.readTree(body);
      long since = Long.MIN_VALUE;
      long before = Long.MAX_VALUE;
      for (JsonNode clause : query.path("and")) {
        JsonNode bounds = clause.elements().next();
        if (bounds.has("gte")) {
          since = Instant.parse(bounds.get("gte").asText()).toEpochMilli();
        } else {
          before = Instant.parse(bounds.get("lt").asText()).toEpochMilli();
        }
      }
      int low = place(since);
      int high = place(before);
      if (body.contains("\"desc\"")) {
        return page(byUpdate, high - 1, high, 0, 1, OptionalLong.of(high - low));
      }
      return page(byUpdate, low, high, from, size, OptionalLong.of(high - low));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page page(
      List<Row> rows, int low, int high, int from, int size, OptionalLong total) {
    int start = Math.min(high, low + from);
    int end = Math.min(high, start + size);
    List<KustomerRecord> records = rows.subList(start, end).stream().map(Row::toRecord).toList();
    Optional<String> next = end < high ? Optional.of("/v1/next") : Optional.empty();
    return new Page(records, total, next, Optional.empty());
  }

  /** The first row last changed then or after. */
  private int place(long millis) {
    int found = Arrays.binarySearch(updates, millis);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && updates[found - 1] == millis) {
      found--;
    }
    return found;
  }
}
