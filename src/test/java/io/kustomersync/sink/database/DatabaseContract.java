package io.kustomersync.sink.database;

import static io.kustomersync.schema.Records.withAttributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database sink promises, whatever the database. Each subclass is a real one. */
public abstract class DatabaseContract {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

  private final RowMapper mapper = new RowMapper(true, CLOCK);
  private DataSource database;
  private DatabaseSink sink;
  private TableSchema schema = TableSchema.empty("customers");

  /** Connects to an empty database. */
  protected abstract DataSource empty() throws Exception;

  /** Whether the type for times knows in which zone they were written. */
  protected boolean keepsOffsets() {
    return false;
  }

  /** A name in quotes, as the database takes it. */
  protected String quoted(String name) {
    return '"' + name + '"';
  }

  /** A text column as an index takes it. */
  protected String indexed(String column) {
    return column;
  }

  /** The statement by which a user makes a text column of customers hold five characters. */
  protected String narrowed(String column) {
    return "alter table customers alter column " + column + " type varchar(5)";
  }

  @BeforeEach
  void open() throws Exception {
    database = empty();
    sink = new DatabaseSink(database);
  }

  @Test
  void unquotedLowerCaseSqlReachesTheRows() throws SQLException {
    assertThat(write(withAttributes("a", "{\"fullName\":\"Ada\",\"rev\":1}")))
        .isEqualTo(new WriteResult(1, 0));

    assertThat(query("select id, full_name, rev, deleted from customers"))
        .containsExactly("a|Ada|1|false");
  }

  @Test
  void aNewFieldAddsAColumnAndUsersColumnsAndIndexesStay() throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\"}"));
    execute("alter table customers add note varchar(20) default 'mine'");
    execute("create index by_note on customers(note)");

    write(withAttributes("b", "{\"name\":\"Bob\",\"tierNum\":5,\"order\":true}"));

    assertThat(
            query("select id, tier_num, " + quoted("order") + ", note from customers order by id"))
        .containsExactly("a|null|null|mine", "b|5|true|mine");
    assertThat(indexes("customers")).contains("by_note");
  }

  @Test
  void aUsersUniqueIndexNeverLetsARecordReplaceAnother() throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\",\"rev\":1}"));
    execute("create unique index one_name on customers(" + indexed("name") + ")");

    assertThatThrownBy(() -> write(withAttributes("b", "{\"name\":\"Ada\",\"rev\":2}")))
        .isInstanceOf(SQLException.class)
        .satisfies(failure -> assertThat(RowFault.isIn(failure)).isTrue());

    assertThat(query("select id, name, rev from customers")).containsExactly("a|Ada|1");
  }

  @Test
  void aUsersUniqueIndexOnTheHistoryNeverHidesAVersion() throws SQLException {
    sink = with(DatabaseOptions.Deletes.MARK, true);
    write(withAttributes("a", "{\"name\":\"Ada\",\"rev\":1}"));
    execute("create unique index one_name on customers_history(" + indexed("name") + ")");

    assertThatThrownBy(() -> write(withAttributes("b", "{\"name\":\"Ada\",\"rev\":1}")))
        .isInstanceOf(SQLException.class);

    assertThat(query("select id from customers")).containsExactly("a");
    assertThat(query("select id from customers_history")).containsExactly("a");
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
            "9007199254740993|7|true|2025-03-01T09:00:10.1Z|"
                + (keepsOffsets() ? "2025-02-28T10:00:00-05:00" : "2025-02-28T15:00:00Z")
                + "|0.000001",
            "1.5|seven|0|never|soon|1E+500");
  }

  @Test
  void aDecimalOfAHundredDigitsIsStoredExactly() throws SQLException {
    String digits = "1234567890".repeat(9) + "123456789.1";

    write(withAttributes("a", "{\"custom\":{\"sizeNum\":" + digits + "}}"));

    assertThat(query("select custom_size_num from customers")).containsExactly(digits);
  }

  @Test
  void replayAndDisorderLeaveTheNewest() throws SQLException {
    KustomerRecord old = version("a", "2025-03-01T09:00:00.000Z", 1);
    KustomerRecord middle = version("a", "2025-03-01T09:00:00.000Z", 2);
    KustomerRecord newest = version("a", "2025-03-01T09:00:00.001Z", 1);

    assertThat(write(middle)).isEqualTo(new WriteResult(1, 0));
    assertThat(write(newest)).isEqualTo(new WriteResult(1, 0));
    assertThat(write(old)).isEqualTo(new WriteResult(0, 1));
    assertThat(write(middle)).isEqualTo(new WriteResult(0, 1));
    assertThat(write(newest)).isEqualTo(new WriteResult(1, 0));

    assertThat(query("select updated_at, rev, tag from customers"))
        .containsExactly("2025-03-01T09:00:00.001Z|1|2025-03-01T09:00:00.001Z/1");
  }

  @Test
  void ofTwoVersionsInAPageTheNewerWinsWhateverTheirOrder() throws SQLException {
    KustomerRecord older = version("a", "2025-03-01T09:00:00.000Z", 1);
    KustomerRecord newer = version("a", "2025-03-01T09:00:00.000Z", 2);

    assertThat(write(newer, older)).isEqualTo(new WriteResult(1, 1));
    assertThat(query("select rev from customers")).containsExactly("2");
  }

  @Test
  void ofTwoVersionsInAPageTheLaterWinsWhateverTheirRevs() throws SQLException {
    KustomerRecord earlier = version("a", "2025-03-01T09:00:00.000Z", 2);
    KustomerRecord later = version("a", "2025-03-01T09:00:00.001Z", 1);

    assertThat(write(later, earlier)).isEqualTo(new WriteResult(1, 1));
    assertThat(query("select rev from customers")).containsExactly("1");
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

    WriteResult written =
        sink.write(schema, List.of(mapper.tombstone("a"), mapper.tombstone("unknown")));

    assertThat(written).isEqualTo(new WriteResult(2, 0));
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
    execute(narrowed("name"));

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
            + "\":4,\"\":5,\"таблица\":6,\"id\":7,\"custom\":{\"value'Str\":\"tab \\t 'q' \\\"\"}}";
    write(withAttributes("a", hostile));

    assertThat(
            query(
                "select a_drop_table_customers, b_c, "
                    + quoted("select")
                    + ", id, custom_value_str from customers"))
        .containsExactly("1|2|3|a|tab \t 'q' \"");
    assertThat(query("select * from customers").get(0).split("\\|")).contains("4", "5", "6", "7");
  }

  @Test
  void textOfMillionsOfCharactersIsStoredWhole() throws SQLException {
    write(withAttributes("a", "{\"preview\":\"" + "x".repeat(3_000_000) + "\"}"));

    assertThat(query("select length(preview) from customers")).containsExactly("3000000");
  }

  @Test
  void aPageWithAndWithoutEachKindOfValueIsStoredExactly() throws SQLException {
    KustomerRecord[] page =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    withAttributes(
                        "%04d".formatted(i),
                        i % 3 == 0
                            ? "{\"name\":null,\"n\":null,\"flag\":null,\"lastSeenAt\":null,"
                                + "\"emails\":null,\"custom\":{\"sizeNum\":null}}"
                            : ("{\"name\":\"{NULL,\\\"%1$d\\\\,é\uD83D\uDE00}\",\"n\":%1$d,\"flag\":%2$s,"
                                    + "\"lastSeenAt\":\"2025-03-01T10:00:10.%1$03d+01:00\","
                                    + "\"emails\":[{\"email\":\"%1$d\"}],\"custom\":{\"sizeNum\":%1$d.5}}")
                                .formatted(i, i % 2 == 0)))
            .toArray(KustomerRecord[]::new);

    assertThat(write(page)).isEqualTo(new WriteResult(500, 0));
    assertThat(write(page)).as("the same again").isEqualTo(new WriteResult(500, 0));

    List<String> stored =
        query(
            "select id, name, n, case when flag then 1 else 0 end, last_seen_at, emails,"
                + " custom_size_num from customers order by id");
    assertThat(stored).hasSize(500);
    assertThat(stored.get(0)).startsWith("0000|null|null|0|null|null|null");
    assertThat(stored.get(499).replace(" ", ""))
        .isEqualTo(
            "0499|{NULL,\"499\\,é\uD83D\uDE00}|499|0|2025-03-01T09:00:10.499Z|[{\"email\":\"499\"}]|499.5");
  }

  @Test
  void aPageOfRowsWithFourHundredColumnsIsStored() throws SQLException {
    KustomerRecord[] page =
        IntStream.range(0, 120)
            .mapToObj(
                i ->
                    withAttributes(
                        "%03d".formatted(i),
                        IntStream.range(0, 400)
                            .mapToObj(field -> "\"f%d\":%d".formatted(field, i * 1000 + field))
                            .collect(Collectors.joining(",", "{", "}"))))
            .toArray(KustomerRecord[]::new);

    assertThat(write(page)).isEqualTo(new WriteResult(120, 0));

    assertThat(query("select count(*), sum(f0), sum(f399) from customers"))
        .containsExactly("120|7140000|7187880");
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
    execute("create table kobjectxorder(id varchar(10) primary key)");
    schema = TableSchema.empty("kobject_order");

    write(withAttributes("a", "{\"title\":\"one\"}"));

    assertThat(query("select title from kobject_order")).containsExactly("one");
  }

  @Test
  void everyJsonTypeIsStoredExactly() throws SQLException {
    write(
        withAttributes(
            "a",
            "{\"whole\":-9223372036854775808,\"part\":0.1,\"yes\":true,\"text\":\"\",\"none\":null,"
                + "\"emoji\":\"\\ud83d\\ude00 ß\",\"list\":[1,{\"b\":null}],\"lastSeenAt\":"
                + "\"2025-03-01T10:00:10.123456+01:00\"}"));

    assertThat(query("select whole, part, yes, text, emoji, last_seen_at from customers"))
        .containsExactly(
            "-9223372036854775808|0.1|" + yes() + "||😀 ß|2025-03-01T09:00:10.123456Z");
    assertThat(query("select list from customers").get(0).replace(" ", ""))
        .isEqualTo("[1,{\"b\":null}]");
  }

  @Test
  void aTimeTooFineOrANumberTooLongForTheTypeIsKeptAsText() throws SQLException {
    String digits = "1." + "1234567890".repeat(9) + "1";
    write(withAttributes("a", "{\"lastSeenAt\":\"2025-03-01T09:00:10Z\",\"score\":1.5}"));

    write(
        withAttributes(
            "b", "{\"lastSeenAt\":\"2025-03-01T09:00:10.123456789Z\",\"score\":" + digits + "}"));

    assertThat(query("select last_seen_at, score from customers order by id"))
        .containsExactly("2025-03-01T09:00:10Z|1.5", "2025-03-01T09:00:10.123456789Z|" + digits);
  }

  @Test
  void idsAreToldApartByEveryCharacter() throws SQLException {
    write(withAttributes("a", "{}"), withAttributes("A", "{}"), withAttributes("a ", "{}"));
    write(withAttributes("A", "{\"name\":\"upper\"}"), withAttributes("á", "{}"));

    assertThat(query("select count(*) from customers")).containsExactly("4");
    assertThat(query("select id from customers where name = 'upper'")).containsExactly("A");
  }

  @Test
  void twoWritersOfTheSameRowsEndWithTheNewest() throws Exception {
    List<KustomerRecord> older = new ArrayList<>();
    List<KustomerRecord> newer = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      older.add(0, version("id" + i, "2025-03-01T09:00:00.000Z", 1));
      newer.add(version("id" + i, "2025-03-01T09:00:01.000Z", 2));
    }
    write(version("first", "2025-03-01T09:00:00.000Z", 1));

    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> untilDone(older));
    untilDone(newer);
    other.join();

    assertThat(query("select rev, count(*) from customers group by rev order by rev"))
        .containsExactly("1|1", "2|200");
  }

  /** As the route does: what fails, a deadlock for example, is written again. */
  private void untilDone(List<KustomerRecord> records) {
    Mapped page = mapper.map(schema, records);
    DatabaseSink own = new DatabaseSink(database);
    for (int attempt = 1; ; attempt++) {
      try {
        own.write(page.schema(), page.rows());
        return;
      } catch (SQLException e) {
        assertThat(attempt).as("attempts; the last failed with %s", e).isLessThan(10);
      }
    }
  }

  @Test
  void aSchemaAndAPrefixSetApartWhatIsOurs() throws SQLException {
    execute("create table customers(id varchar(10) primary key)");
    sink =
        new DatabaseSink(
            database,
            new DatabaseOptions(
                Optional.of("crm"), "kustomer_", DatabaseOptions.Deletes.MARK, false));

    write(withAttributes("a", "{\"name\":\"Ada\"}"));
    write(withAttributes("b", "{\"tierNum\":1}"));

    assertThat(query("select name, tier_num from crm.kustomer_customers order by id"))
        .containsExactly("Ada|null", "null|1");
    assertThat(query("select * from customers")).isEmpty();
  }

  @Test
  void historyKeepsEachVersionOnce() throws SQLException {
    sink = with(DatabaseOptions.Deletes.MARK, true);
    KustomerRecord first = version("a", "2025-03-01T09:00:00.000Z", 1);
    KustomerRecord second = version("a", "2025-03-01T09:00:01.000Z", 2);
    write(second);
    write(first, second);
    write(first);
    write(withAttributes("b", "{\"name\":\"one\"}"), withAttributes("c", "{\"name\":\"one\"}"));
    write(withAttributes("b", "{\"name\":\"two\"}"));
    write(withAttributes("b", "{\"name\":\"two\"}"));

    assertThat(query("select id, rev, name from customers order by id"))
        .containsExactly("a|2|null", "b|null|two", "c|null|one");
    assertThat(query("select id, rev, tag from customers_history where id = 'a' order by rev"))
        .containsExactly("a|1|2025-03-01T09:00:00.000Z/1", "a|2|2025-03-01T09:00:01.000Z/2");
    assertThat(query("select id, name from customers_history where id <> 'a' order by id, name"))
        .containsExactly("b|one", "b|two", "c|one");
  }

  @Test
  void removedRecordsDoNotComeBack() throws SQLException {
    sink = with(DatabaseOptions.Deletes.REMOVE, false);
    KustomerRecord live = version("a", "2025-03-01T09:00:00.000Z", 5);
    KustomerRecord dead = deleted("a", "2025-03-01T09:00:00.000Z", 6);
    write(live, version("b", "2025-03-01T09:00:00.000Z", 1));
    write(dead);
    assertThat(query("select id from customers")).containsExactly("b");

    write(live);
    sink = with(DatabaseOptions.Deletes.REMOVE, false);
    write(live, dead, live);
    write(deleted("a", "2025-02-01T09:00:00.000Z", 2));
    write(live);
    assertThat(query("select id from customers")).containsExactly("b");
    assertThat(query("select id, rev from customers_deleted")).containsExactly("a|6");

    write(version("a", "2025-03-01T09:00:00.000Z", 7));
    assertThat(query("select id, rev from customers order by id")).containsExactly("a|7", "b|1");
    assertThat(query("select id from customers_deleted")).isEmpty();
  }

  @Test
  void whatVanishedFromAListIsRemovedAndItsOlderVersionsStayAway() throws SQLException {
    sink = with(DatabaseOptions.Deletes.REMOVE, true);
    write(version("a", "2025-03-01T09:00:00.000Z", 5));

    sink.write(schema, List.of(mapper.tombstone("a")));
    write(version("a", "2025-03-01T09:00:00.000Z", 4));

    assertThat(query("select id from customers")).isEmpty();
    assertThat(query("select rev, deleted from customers_history order by rev"))
        .containsExactlyInAnyOrder("4|" + no(), "5|" + no(), "null|" + yes());
  }

  @Test
  void rowsMarkedBeforeGoWhenRemovalIsSwitchedOn() throws SQLException {
    write(deleted("a", "2025-03-01T09:00:00.000Z", 6));
    sink = with(DatabaseOptions.Deletes.REMOVE, false);
    write(version("b", "2025-03-01T09:00:00.000Z", 1));
    write(version("a", "2025-03-01T09:00:00.000Z", 5));

    assertThat(query("select id from customers")).containsExactly("b");
  }

  @Test
  void aTableThatServesAnotherPurposeIsRefused() throws SQLException {
    sink = with(DatabaseOptions.Deletes.MARK, true);
    write(withAttributes("a", "{}"));
    schema = TableSchema.empty("customers_history");

    assertThatThrownBy(() -> write(withAttributes("b", "{}")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("customers_history: this table serves another purpose");
  }

  @Test
  void tablesSayWhatTheyAre() throws SQLException {
    sink = with(DatabaseOptions.Deletes.REMOVE, true);
    write(withAttributes("a", "{}"));

    try (Connection connection = database.getConnection();
        ResultSet found =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), null, null)) {
      List<String> remarks = new ArrayList<>();
      while (found.next()) {
        remarks.add(String.valueOf(found.getString("REMARKS")));
      }
      assertThat(remarks)
          .contains(
              "Kustomer's customers, one row per record; kept up to date by Kustomer Sync",
              "Every version of Kustomer's customers that Kustomer Sync has read",
              "Ids and versions of deleted customers, so that they do not come back");
    }
  }

  @Test
  void halfASurrogatePairIsRefusedWithItsRowOrStoredWhole() throws SQLException {
    refusedOrWhole("half \\ud800 pair", "half \ud800 pair");
  }

  @Test
  void theCharacterZeroIsRefusedWithItsRowOrStoredWhole() throws SQLException {
    refusedOrWhole("a \\u0000 zero", "a \0 zero");
  }

  private void refusedOrWhole(String json, String text) throws SQLException {
    write(withAttributes("a", "{\"name\":\"Ada\"}"));
    KustomerRecord odd = withAttributes("b", "{\"name\":\"" + json + "\"}");
    try {
      write(odd);
      assertThat(query("select name from customers where id = 'b'")).containsExactly(text);
    } catch (UnstorableRowException e) {
      assertThat(e.getMessage()).contains("customers: the row b can't be stored: its column");
      assertThat(e.id()).isEqualTo("b");
      assertThat(query("select id from customers")).containsExactly("a");
    }
  }

  /** As the database's driver shows a truth. */
  protected String yes() {
    return "true";
  }

  protected String no() {
    return "false";
  }

  private DatabaseSink with(DatabaseOptions.Deletes deletes, boolean history) {
    return new DatabaseSink(database, new DatabaseOptions(Optional.empty(), "", deletes, history));
  }

  private static KustomerRecord deleted(String id, String updatedAt, int rev) {
    return withAttributes(
        id, "{\"updatedAt\":\"%s\",\"rev\":%d,\"deleted\":true}".formatted(updatedAt, rev));
  }

  private static KustomerRecord version(String id, String updatedAt, int rev) {
    return withAttributes(
        id,
        "{\"updatedAt\":\"%s\",\"rev\":%d,\"tag\":\"%s/%d\"}"
            .formatted(updatedAt, rev, updatedAt, rev));
  }

  protected WriteResult write(KustomerRecord... records) throws SQLException {
    Mapped page = mapper.map(schema, List.of(records));
    schema = page.schema();
    return sink.write(schema, page.rows());
  }

  protected void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Numbers without needless zeros, times as instants, the rest as text. */
  protected List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      ResultSetMetaData columns = found.getMetaData();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          cells.add(cell(found, i, columns.getColumnTypeName(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  private static String cell(ResultSet found, int i, String type) throws SQLException {
    Object value = found.getObject(i);
    if (type.equalsIgnoreCase("datetime")) {
      LocalDateTime time = found.getObject(i, LocalDateTime.class);
      return time == null ? "null" : time.toInstant(ZoneOffset.UTC).toString();
    } else if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    } else if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    } else if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }

  private List<String> indexes(String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      boolean upper = connection.getMetaData().storesUpperCaseIdentifiers();
      String stored = upper ? table.toUpperCase(Locale.ROOT) : table;
      try (ResultSet found =
          connection
              .getMetaData()
              .getIndexInfo(
                  connection.getCatalog(), connection.getSchema(), stored, false, false)) {
        while (found.next()) {
          names.add(String.valueOf(found.getString("INDEX_NAME")).toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
