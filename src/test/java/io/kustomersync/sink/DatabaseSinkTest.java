package io.kustomersync.sink;

import static io.kustomersync.schema.Records.withAttributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real H2 file. */
class DatabaseSinkTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final JdbcDataSource database = new JdbcDataSource();
  private final RowMapper mapper = new RowMapper(true, CLOCK);
  private DatabaseSink sink;
  private TableSchema schema = TableSchema.empty("customers");

  @BeforeEach
  void open() {
    database.setURL("jdbc:h2:file:" + folder.resolve("db"));
    sink = new DatabaseSink(database);
  }

  @Test
  void unquotedLowerCaseSqlReachesTheRows() throws SQLException {
    assertThat(write(withAttributes("a", "{\"fullName\":\"Ada\",\"rev\":1}")))
        .isEqualTo(new Written(1, 0));

    assertThat(query("select id, full_name, rev, deleted from customers"))
        .containsExactly("a|Ada|1|false");
  }

  @Test
  void aNewFieldAddsAColumnAndUsersColumnsAndIndexesStay() throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\"}"));
    execute("alter table customers add note varchar default 'mine'");
    execute("create index by_name on customers(name)");

    write(withAttributes("b", "{\"name\":\"Bob\",\"tierNum\":5,\"order\":true}"));

    assertThat(query("select id, tier_num, \"ORDER\", note from customers order by id"))
        .containsExactly("a|null|null|mine", "b|5|true|mine");
    assertThat(
            query("select index_name from information_schema.indexes where index_name='BY_NAME'"))
        .hasSize(1);
  }

  @Test
  void wideningKeepsWhatIsStored() throws SQLException {
    write(
        withAttributes(
            "a",
            "{\"n\":9007199254740993,\"t\":7,\"flag\":true,\"lastSeenAt\":\"2025-03-01T09:00:10.100Z\","
                + "\"custom\":{\"dueAt\":\"2025-02-28T10:00:00-05:00\",\"sizeNum\":0.000001}}"));

    write(
        withAttributes(
            "b",
            "{\"n\":1.50,\"t\":\"seven\",\"flag\":0,\"lastSeenAt\":\"never\","
                + "\"custom\":{\"dueAt\":\"soon\",\"sizeNum\":1e500}}"));

    assertThat(
            query(
                "select n, t, flag, last_seen_at, custom_due_at, custom_size_num from customers"
                    + " order by id"))
        .containsExactly(
            "9007199254740993|7|true|2025-03-01T09:00:10.1Z|2025-02-28T10:00:00-05:00|0.000001",
            "1.5|seven|0|never|soon|1E+500");
  }

  @Test
  void aDecimalOfAHundredDigitsIsStoredExactly() throws SQLException {
    String digits = "1234567890".repeat(9) + "123456789.1";

    write(withAttributes("a", "{\"custom\":{\"sizeNum\":" + digits + "}}"));

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select custom_size_num from customers")) {
      found.next();
      assertThat(found.getBigDecimal(1)).isEqualByComparingTo(new BigDecimal(digits));
    }
  }

  @Test
  void replayAndDisorderLeaveTheNewest() throws SQLException {
    KustomerRecord old = version("a", "2025-03-01T09:00:00.000Z", 1);
    KustomerRecord middle = version("a", "2025-03-01T09:00:00.000Z", 2);
    KustomerRecord newest = version("a", "2025-03-01T09:00:00.001Z", 1);

    assertThat(write(middle)).isEqualTo(new Written(1, 0));
    assertThat(write(newest)).isEqualTo(new Written(1, 0));
    assertThat(write(old)).isEqualTo(new Written(0, 1));
    assertThat(write(middle)).isEqualTo(new Written(0, 1));
    assertThat(write(newest)).isEqualTo(new Written(1, 0));

    assertThat(query("select updated_at, rev, tag from customers"))
        .containsExactly("2025-03-01T09:00:00.001Z|1|2025-03-01T09:00:00.001Z/1");
  }

  @Test
  void ofTwoVersionsInAPageTheNewerWinsWhateverTheirOrder() throws SQLException {
    KustomerRecord older = version("a", "2025-03-01T09:00:00.000Z", 1);
    KustomerRecord newer = version("a", "2025-03-01T09:00:00.000Z", 2);

    assertThat(write(newer, older)).isEqualTo(new Written(1, 1));
    assertThat(query("select rev from customers")).containsExactly("2");
  }

  @Test
  void unknownVersionsAreAccepted() throws SQLException {
    write(withAttributes("a", "{\"name\":\"one\",\"rev\":5}"));
    write(withAttributes("a", "{\"name\":\"two\"}"));
    write(withAttributes("a", "{\"name\":\"three\",\"rev\":1}"));

    assertThat(query("select name, rev from customers")).containsExactly("three|1");
  }

  @Test
  void aTombstoneKeepsTheOtherColumns() throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\",\"rev\":5}"));

    Written written =
        sink.write(schema, List.of(mapper.tombstone("a"), mapper.tombstone("unknown")));

    assertThat(written).isEqualTo(new Written(2, 0));
    assertThat(query("select id, name, rev, deleted from customers order by id"))
        .containsExactly("a|Ada|5|true", "unknown|null|null|true");
  }

  @Test
  void rowsOfDifferentShapesKeepTheirOrder() throws SQLException {
    Mapped page = mapper.map(schema, List.of(withAttributes("a", "{\"name\":\"Ada\"}")));
    List<Map<String, Object>> rows = new ArrayList<>(page.rows());
    rows.add(mapper.tombstone("a"));

    sink.write(page.schema(), rows);

    assertThat(query("select name, deleted from customers")).containsExactly("Ada|true");
  }

  @Test
  void oneFailingRowRollsThePageBackAndTheNextPageGoesOn() throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\"}"));
    execute("alter table customers alter column name varchar(5)");

    assertThatThrownBy(
            () ->
                write(
                    withAttributes("b", "{\"name\":\"Bob\"}"),
                    withAttributes("a", "{\"name\":\"new\"}"),
                    withAttributes("c", "{\"name\":\"much too long\"}")))
        .isInstanceOf(SQLException.class);
    assertThat(query("select id, name from customers")).containsExactly("a|Ada");

    write(withAttributes("b", "{\"name\":\"Bob\"}"));
    assertThat(query("select id, name from customers order by id"))
        .containsExactly("a|Ada", "b|Bob");
  }

  @Test
  void theConnectionGoesBackAsItCame() throws SQLException {
    try (Connection only = database.getConnection()) {
      only.setAutoCommit(false);
      DatabaseSink pooled = new DatabaseSink(OneConnection.pool(only));
      Mapped page = mapper.map(schema, List.of(withAttributes("a", "{\"name\":\"Ada\"}")));
      pooled.write(page.schema(), page.rows());
      assertThat(only.getAutoCommit()).isFalse();

      Map<String, Object> stranger = new LinkedHashMap<>(page.rows().get(0));
      stranger.put("unheard_of", 1L);
      assertThatThrownBy(() -> pooled.write(page.schema(), List.of(stranger)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unheard_of");
      assertThat(only.getAutoCommit()).isFalse();
    }
  }

  @Test
  void whateverAFieldIsCalledItIsStored() throws SQLException {
    String hostile =
        "{\"a\\\"; drop table customers; --\":1,\"b\\u0000c\":2,\"select\":3,\""
            + "x".repeat(300)
            + "\":4,\"\":5,\"таблица\":6,\"id\":7,\"custom\":{\"value'Str\":\"nul \\u0000 'q' \\\"\"}}";
    write(withAttributes("a", hostile));

    assertThat(
            query(
                "select a_drop_table_customers, b_c, \"SELECT\", id, custom_value_str from customers"))
        .containsExactly("1|2|3|a|nul \u0000 'q' \"");
    assertThat(query("select * from customers").get(0).split("\\|")).contains("4", "5", "6", "7");
  }

  @Test
  void textOfMillionsOfCharactersIsStoredWhole() throws SQLException {
    write(withAttributes("a", "{\"preview\":\"" + "x".repeat(3_000_000) + "\"}"));

    assertThat(query("select length(preview) from customers")).containsExactly("3000000");
  }

  @Test
  void aTableWiderThanTheSchemaKnowsTakesTheRowsAsText() throws SQLException {
    write(withAttributes("a", "{\"score\":\"high\",\"lastSeenAt\":\"never\"}"));
    schema = TableSchema.empty("customers");

    write(withAttributes("b", "{\"score\":5,\"lastSeenAt\":\"2025-03-01T09:00:10Z\"}"));

    assertThat(query("select score, last_seen_at from customers order by id"))
        .containsExactly("high|never", "5|2025-03-01T09:00:10Z");
  }

  @Test
  void tablesWhoseNamesDifferInAnUnderscoreAreNotMixedUp() throws SQLException {
    execute("create table kobjectxorder(id varchar primary key)");
    schema = TableSchema.empty("kobject_order");

    write(withAttributes("a", "{\"title\":\"one\"}"));

    assertThat(query("select title from kobject_order")).containsExactly("one");
  }

  private static KustomerRecord version(String id, String updatedAt, int rev) {
    return withAttributes(
        id,
        "{\"updatedAt\":\"%s\",\"rev\":%d,\"tag\":\"%s/%d\"}"
            .formatted(updatedAt, rev, updatedAt, rev));
  }

  private Written write(KustomerRecord... records) throws SQLException {
    Mapped page = mapper.map(schema, List.of(records));
    schema = page.schema();
    return sink.write(schema, page.rows());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          cells.add(String.valueOf(found.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }
}
