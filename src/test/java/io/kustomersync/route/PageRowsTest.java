package io.kustomersync.route;

import static io.kustomersync.schema.Records.withAttributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.JdbcSchemaRepository;
import io.kustomersync.checkpoint.JdbcStore;
import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.route.PageRows.Unmapped;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.schema.Records;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.sink.TablePage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageRowsTest {

  private static final TableDefinition TABLE =
      new ListTable("things", "/v1/things", 100, List.of(""));
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);

  private final JdbcConnectionPool database = database();
  private final PageRows rows = pageRows(database);

  @AfterEach
  void close() {
    database.dispose();
  }

  @Test
  void rowsMadeAheadAreTheOnesThatAreDelivered() {
    KustomerRecord first = withAttributes("a", "{\"name\": \"one\"}");
    KustomerRecord second = withAttributes("b", "{\"name\": \"two\"}");
    deliver(List.of(withAttributes("0", "{\"name\": \"zero\"}")), Map.of());
    Map<String, RowsAhead> ahead = rows.ahead("things", page(first, second));

    TablePage delivered = deliver(List.of(first, second), ahead).get(0);

    assertThat(delivered.rows().get(0)).isSameAs(ahead.get("things").mapped().rows().get(0));
    assertThat(delivered.rows()).extracting(row -> row.get("name")).containsExactly("one", "two");
  }

  @Test
  void ofRowsMadeAheadOnlyThoseThatAreNewAreDelivered() {
    KustomerRecord known = withAttributes("a", "{\"name\": \"one\"}");
    KustomerRecord fresh = withAttributes("b", "{\"name\": \"two\"}");
    deliver(List.of(known), Map.of());
    Map<String, RowsAhead> ahead = rows.ahead("things", page(known, fresh));

    List<TablePage> delivered = deliver(List.of(fresh), ahead);

    assertThat(delivered.get(0).rows()).extracting(row -> row.get("id")).containsExactly("b");
  }

  /** Three pages are under way at once; the first two each bring a column, one of the same name. */
  @Test
  void rowsMadeAheadByColumnsThatHaveChangedMeanwhileAreMadeAnew() {
    List<List<KustomerRecord>> pages =
        List.of(
            List.of(withAttributes("a", "{\"n\": 1}")),
            List.of(withAttributes("b", "{\"n\": 2, \"weight\": 7}")),
            List.of(withAttributes("c", "{\"n\": \"three\", \"Weight\": true}")),
            List.of(withAttributes("d", "{\"n\": 4, \"weight\": 8.5}")));
    List<Map<String, RowsAhead>> ahead = new ArrayList<>();
    deliver(pages.get(0), Map.of());
    for (List<KustomerRecord> page : pages) {
      ahead.add(rows.ahead("things", page(page.toArray(KustomerRecord[]::new))));
    }
    JdbcConnectionPool other = database();
    PageRows oneAfterTheOther = pageRows(other);
    oneAfterTheOther.of(TABLE, delivery(pages.get(0)), Map.of(), new ArrayList<>());
    for (int i = 1; i < pages.size(); i++) {
      List<TablePage> expected =
          oneAfterTheOther.of(TABLE, delivery(pages.get(i)), Map.of(), new ArrayList<>());

      assertThat(deliver(pages.get(i), ahead.get(i))).isEqualTo(expected);
    }
    assertThat(schemas(database).find("things")).isEqualTo(schemas(other).find("things"));
    other.dispose();
  }

  @Test
  void anotherVersionOfTheRecordGetsItsOwnRow() {
    KustomerRecord before = withAttributes("a", "{\"name\": \"before\"}");
    deliver(List.of(before), Map.of());
    Map<String, RowsAhead> ahead = rows.ahead("things", page(before));

    List<TablePage> delivered =
        deliver(List.of(withAttributes("a", "{\"name\": \"after\"}")), ahead);

    assertThat(delivered.get(0).rows().get(0)).containsEntry("name", "after");
  }

  @Test
  void makingRowsAheadRemembersNothing() {
    KustomerRecord order = Records.record("{\"type\": \"kobject.order\", \"id\": \"o\"}");
    KustomerRecord thing = withAttributes("a", "{\"name\": \"one\"}");

    Map<String, RowsAhead> ahead = rows.ahead("things", page(order, thing));

    assertThat(ahead).containsOnlyKeys("things");
    assertThat(schemas(database).schemas()).isEmpty();
  }

  @Test
  void customObjectsOfKnownClassesHaveTheirRowsMadeAheadByClass() {
    KustomerRecord order = Records.record("{\"type\": \"kobject.order\", \"id\": \"o\"}");
    KustomerRecord product = Records.record("{\"type\": \"kobject.product\", \"id\": \"p\"}");
    deliver(List.of(order, product), Map.of());

    Map<String, RowsAhead> ahead = rows.ahead("kobjects", page(order, product));

    assertThat(ahead).containsOnlyKeys("kobject_order", "kobject_product");
    assertThat(deliver(List.of(product, order), ahead))
        .extracting(page -> page.schema().table())
        .containsExactly("kobject_product", "kobject_order");
  }

  private List<TablePage> deliver(List<KustomerRecord> records, Map<String, RowsAhead> ahead) {
    List<Unmapped> unmapped = new ArrayList<>();
    List<TablePage> pages = rows.of(TABLE, delivery(records), ahead, unmapped);
    assertThat(unmapped).isEmpty();
    return pages;
  }

  private static Delivery delivery(List<KustomerRecord> records) {
    return new Delivery(records, List.of(), records.size());
  }

  private static Page page(KustomerRecord... records) {
    return new Page(List.of(records), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  private static JdbcConnectionPool database() {
    return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
  }

  private static PageRows pageRows(JdbcConnectionPool database) {
    return new PageRows(new RowMapper(false, CLOCK), ColumnRules.NONE, schemas(database));
  }

  private static SchemaRepository schemas(JdbcConnectionPool database) {
    return new JdbcSchemaRepository(new JdbcStore(database, "the store"), "default");
  }
}
