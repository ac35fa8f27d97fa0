package io.kustomersync.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code golden/mapping} is a story: the records of one page in {@code record.json},
 * and in {@code row.json} the rows they become, each value under its column's type.
 */
class GoldenMappingTest {

  private static final Path STORIES = Path.of("src/test/resources/golden/mapping");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  static Stream<Path> stories() throws IOException {
    return Files.list(STORIES).sorted();
  }

  @ParameterizedTest
  @MethodSource("stories")
  void recordsBecomeTheRowsOfTheStory(Path story) throws IOException {
    List<KustomerRecord> records = new ArrayList<>();
    for (JsonNode record : Records.JSON.readTree(story.resolve("record.json").toFile())) {
      records.add(Records.record((ObjectNode) record));
    }

    Mapped mapped = new RowMapper(false, CLOCK).map(TableSchema.empty("t"), records);

    JsonNode expected = Records.JSON.readTree(story.resolve("row.json").toFile());
    assertThat(json(mapped).toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static ArrayNode json(Mapped mapped) {
    ArrayNode rows = Records.JSON.createArrayNode();
    for (Map<String, Object> row : mapped.rows()) {
      ObjectNode json = rows.addObject();
      for (Column column : mapped.schema().columns()) {
        Object value = row.get(column.name());
        ObjectNode cell = json.putObject(column.name());
        String type = column.type().name();
        switch (column.type()) {
          case INTEGER -> cell.put(type, (Long) value);
          case DECIMAL -> cell.put(type, (BigDecimal) value);
          case BOOLEAN -> cell.put(type, (Boolean) value);
          case TIMESTAMP -> cell.put(type, value == null ? null : value.toString());
          case TEXT, JSON -> cell.put(type, (String) value);
        }
      }
      assertThat(row.keySet()).containsExactlyElementsOf(columnNames(mapped.schema()));
    }
    return rows;
  }

  private static List<String> columnNames(TableSchema schema) {
    return schema.columns().stream().map(Column::name).toList();
  }
}
