package io.kustomersync.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.KustomerRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds for every page, whatever Kustomer sends. */
class RowMapperPropertiesTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  private final RowMapper mapper = new RowMapper(true, CLOCK);

  @Property(tries = 500)
  void namesAreUniqueBoundedAndPlain(
      @ForAll("oddRecords") @Size(max = 6) List<KustomerRecord> page) {
    List<String> names =
        mapper.map(TableSchema.empty("t"), page).schema().columns().stream()
            .map(Column::name)
            .toList();

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9_]{1,63}"));
  }

  @Property(tries = 500)
  void columnsKeepNameAndSourceAndOnlyWiden(
      @ForAll("records") @Size(max = 6) List<KustomerRecord> first,
      @ForAll("oddRecords") @Size(max = 6) List<KustomerRecord> second) {
    TableSchema before = mapper.map(TableSchema.empty("t"), first).schema();
    TableSchema after = mapper.map(stored(before), second).schema();

    for (int i = 0; i < before.columns().size(); i++) {
      Column was = before.columns().get(i);
      Column is = after.columns().get(i);
      assertThat(is.name()).isEqualTo(was.name());
      assertThat(is.source()).isEqualTo(was.source());
      assertThat(widenings(was.type())).contains(is.type());
    }
  }

  @Property(tries = 500)
  void aPageMappedAgainGivesTheSameRows(
      @ForAll("records") @Size(max = 8) List<KustomerRecord> page) {
    Mapped once = mapper.map(TableSchema.empty("t"), page);

    assertThat(mapper.map(stored(once.schema()), page)).isEqualTo(once);
  }

  @Property(tries = 1000)
  void everyValueIsInItsColumnExactly(@ForAll("records") @Size(max = 8) List<KustomerRecord> page) {
    Mapped mapped = mapper.map(TableSchema.empty("t"), page);

    for (int i = 0; i < page.size(); i++) {
      Map<String, Object> row = mapped.rows().get(i);
      for (Column column : mapped.schema().columns()) {
        ColumnSource source = ColumnSource.parse(column.source());
        JsonNode attributes = page.get(i).json().path("attributes");
        JsonNode sent =
            switch (source.kind()) {
              case ATTRIBUTE -> attributes.path(source.field());
              case CUSTOM -> attributes.path("custom").path(source.field());
              default -> null;
            };
        if (sent != null && !isFixed(column.name())) {
          assertHolds(column, row.get(column.name()), sent);
        }
      }
      assertEachFieldHasAColumn(page.get(i), mapped.schema());
    }
  }

  private static void assertHolds(Column column, Object cell, JsonNode sent) {
    if (sent.isMissingNode() || sent.isNull()) {
      assertThat(cell).as(column.name()).isNull();
      return;
    }
    boolean scalar = column.type() != ColumnType.TEXT && column.type() != ColumnType.JSON;
    if (sent.isContainerNode() && sent.isEmpty() && scalar) {
      assertThat(cell).as(column.name()).isNull();
      return;
    }
    switch (column.type()) {
      case TEXT ->
          assertThat(cell).isEqualTo(sent.isContainerNode() ? sent.toString() : sent.asText());
      case JSON -> assertThat(cell).isEqualTo(sent.toString());
      case INTEGER -> assertThat(cell).isInstanceOf(Long.class).isEqualTo(sent.longValue());
      case DECIMAL ->
          assertThat(cell).isInstanceOf(BigDecimal.class).isEqualTo(sent.decimalValue());
      case BOOLEAN -> assertThat(cell).isEqualTo(sent.booleanValue());
      case TIMESTAMP ->
          assertThat(((OffsetDateTime) cell).toInstant())
              .isEqualTo(OffsetDateTime.parse(sent.textValue()).toInstant());
    }
  }

  private static void assertEachFieldHasAColumn(KustomerRecord record, TableSchema schema) {
    Set<String> sources = new HashSet<>();
    schema.columns().forEach(column -> sources.add(column.source()));
    JsonNode attributes = record.json().path("attributes");
    attributes
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()
                  && !Set.of("custom", "deleted").contains(field.getKey())) {
                assertThat(sources).contains("attributes." + field.getKey());
              }
            });
    attributes
        .path("custom")
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                assertThat(sources).contains("attributes.custom." + field.getKey());
              }
            });
  }

  private static boolean isFixed(String name) {
    return Set.of("created_at", "updated_at", "rev").contains(name);
  }

  private static Set<ColumnType> widenings(ColumnType type) {
    return type == ColumnType.INTEGER
        ? EnumSet.of(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.TEXT)
        : EnumSet.of(type, ColumnType.TEXT);
  }

  private static TableSchema stored(TableSchema schema) {
    return SchemaJson.read(SchemaJson.write(schema));
  }

  @Provide
  Arbitrary<List<KustomerRecord>> records() {
    return recordsNamed(
        Arbitraries.of(
            "a",
            "b",
            "name",
            "fooBar",
            "foo_bar",
            "createdAt",
            "updatedAt",
            "rev",
            "deleted",
            "lastSeenAt",
            "sizeNum",
            "tierStr",
            "dueAt",
            "vipBool",
            "ownerId"));
  }

  @Provide
  Arbitrary<List<KustomerRecord>> oddRecords() {
    Arbitrary<String> odd =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.strings().withChars("aA1_-.$ \"\0é").ofMaxLength(6),
            Arbitraries.strings().alpha().ofMinLength(60).ofMaxLength(300),
            Arbitraries.of(
                "id",
                "raw",
                "synced_at",
                "custom",
                "custom.x",
                "\\custom.x",
                "custom_x",
                "x",
                "select",
                "sla",
                "slaId",
                "sla_id",
                "",
                "[]",
                "updated_at_text",
                "$updated_at_text"));
    return recordsNamed(odd);
  }

  private static Arbitrary<List<KustomerRecord>> recordsNamed(Arbitrary<String> names) {
    Arbitrary<Map<String, JsonNode>> fields = Arbitraries.maps(names, values()).ofMaxSize(8);
    return Combinators.combine(fields, fields, fields).as(RowMapperPropertiesTest::record).list();
  }

  private static KustomerRecord record(
      Map<String, JsonNode> attributes,
      Map<String, JsonNode> custom,
      Map<String, JsonNode> related) {
    ObjectNode json = NODES.objectNode();
    json.put("type", "t").put("id", "x");
    ObjectNode all = json.putObject("attributes");
    attributes.forEach(all::set);
    ObjectNode customs = NODES.objectNode();
    custom.forEach(customs::set);
    all.set("custom", customs);
    ObjectNode relationships = json.putObject("relationships");
    related.forEach((name, data) -> relationships.putObject(name).set("data", data));
    return Records.record(json);
  }

  private static Arbitrary<JsonNode> values() {
    List<JsonNode> special = new ArrayList<>();
    special.add(NODES.nullNode());
    special.add(NODES.objectNode());
    special.add(NODES.arrayNode());
    special.add(NODES.booleanNode(true));
    special.add(NODES.booleanNode(false));
    special.add(NODES.objectNode().put("id", "r1"));
    special.add(NODES.arrayNode().add("r1").add(new BigDecimal("1.50")));
    special.add(NODES.objectNode().set("q\"\\\n\0é", NODES.arrayNode().add("\t\"").addObject()));
    special.add(NODES.numberNode(new BigDecimal("1E+400")));
    special.add(NODES.numberNode(new BigDecimal("-0.10")));
    special.add(NODES.numberNode(new BigInteger("9".repeat(120))));
    special.add(NODES.numberNode(Double.NaN));
    special.add(NODES.textNode("2025-02-28T10:54:29-05:00"));
    special.add(NODES.textNode("2025-02-28T10:54:29.123456789Z"));
    special.add(NODES.textNode("2025-02-30T10:54:29Z"));
    return Arbitraries.oneOf(
        Arbitraries.of(special),
        Arbitraries.longs().map(NODES::numberNode),
        Arbitraries.bigIntegers().map(value -> NODES.numberNode(value)),
        Arbitraries.bigDecimals().ofScale(9).map(value -> NODES.numberNode(value)),
        Arbitraries.strings().ofMaxLength(20).map(NODES::textNode));
  }
}
