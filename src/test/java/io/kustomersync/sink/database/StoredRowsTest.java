package io.kustomersync.sink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.audit.SinkRow;
import io.kustomersync.audit.SinkRows.Count;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredRowsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection keptOpen;

  @BeforeEach
  void fill() throws SQLException {
    database.setURL("jdbc:h2:mem:stored");
    keptOpen = database.getConnection();
    table("kobject_order", 10);
    table("kobject_coupon", 3);
  }

  @AfterEach
  void close() throws SQLException {
    keptOpen.close();
  }

  /** A row a second from {@link #T} on; the first is marked deleted. */
  private void table(String name, int rows) throws SQLException {
    execute(
        "CREATE TABLE "
            + name
            + " (id VARCHAR(512) PRIMARY KEY, updated_at TIMESTAMP(9) WITH TIME ZONE, rev BIGINT,"
            + " deleted BOOLEAN)");
    execute(
        "INSERT INTO "
            + name
            + " SELECT '"
            + name
            + "' || x, DATEADD(SECOND, x, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00'), x,"
            + " CASE WHEN x = 0 THEN TRUE END FROM SYSTEM_RANGE(0, "
            + (rows - 1)
            + ")");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = keptOpen.createStatement()) {
      statement.execute(sql);
    }
  }

  private StoredRows stored() {
    return new StoredRows(
        database,
        DatabaseOptions.DEFAULT,
        Map.of(
            "kobject_order", "kobject.order",
            "kobject_coupon", "kobject.coupon",
            "kobject_never", "kobject.never"));
  }

  @Test
  void countsOverAllTablesThatThereAre() {
    assertThat(stored().count(T, T.plusSeconds(5))).isEqualTo(new Count(6, 2));
    assertThat(stored().count(T.plusSeconds(1), T.plusSeconds(100))).isEqualTo(new Count(11, 0));
    assertThat(stored().count(T.plusSeconds(100), T.plusSeconds(200))).isEqualTo(Count.NONE);
  }

  @Test
  void theMiddleIsThatOfTheLargestTable() {
    assertThat(stored().middle(T, T.plusSeconds(100))).contains(T.plusSeconds(5));
    assertThat(stored().middle(T.plusSeconds(100), T.plusSeconds(200))).isEmpty();
  }

  @Test
  void findsRowsByTimeAndByIdWithTheirType() {
    SinkRow first =
        new SinkRow(
            "kobject_coupon",
            "kobject.coupon",
            "kobject_coupon0",
            Optional.of(T),
            OptionalLong.of(0),
            true);

    assertThat(stored().between(T, T.plusSeconds(1))).hasSize(2).contains(first);
    assertThat(stored().find(List.of("kobject_coupon0", "nobody"))).containsExactly(first);
    assertThat(stored().find(List.of())).isEmpty();
    assertThat(stored().all()).hasSize(13);
  }

  @Test
  void givesATableOneIndexUnlessOneIsThere() throws SQLException {
    execute("CREATE INDEX mine ON kobject_coupon (updated_at)");

    stored().count(T, T.plusSeconds(1));
    stored().count(T, T.plusSeconds(1));

    List<String> indexes = new ArrayList<>();
    try (Statement statement = keptOpen.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT index_name FROM information_schema.indexes WHERE table_name LIKE 'KOBJECT%'"
                    + " AND index_name NOT LIKE 'PRIMARY%' ORDER BY 1")) {
      while (row.next()) {
        indexes.add(row.getString(1));
      }
    }
    assertThat(indexes).containsExactly("KOBJECT_ORDER_UPDATED_AT", "MINE");
  }

  @Test
  void saysThatTimesWereMadeTexts() throws SQLException {
    execute("ALTER TABLE kobject_order ALTER COLUMN updated_at SET DATA TYPE VARCHAR");

    StoredRows stored = stored();

    assertThatThrownBy(() -> stored.count(T, T.plusSeconds(1)))
        .hasMessageContaining("updated_at of table kobject_order holds no date-times");
  }
}
