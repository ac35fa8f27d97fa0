package io.kustomersync.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The SQL that H2 gets, as {@code golden/sql/h2} shows it. */
class H2SqlTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/sql/h2");
  private static final List<String> COLUMNS = List.of("id", "updated_at", "rev", "name");

  private final TableSql sql =
      new TableSql(new H2Dialect(true), new TableName(Optional.empty(), "customers"));

  @Test
  void makesATable() throws IOException {
    Map<String, StoredType> columns = new LinkedHashMap<>();
    columns.put("id", StoredType.TEXT);
    columns.put("updated_at", StoredType.TIMESTAMP);
    columns.put("rev", StoredType.INTEGER);
    columns.put("deleted", StoredType.BOOLEAN);
    columns.put("custom_size_num", StoredType.DECIMAL);
    columns.put("order", StoredType.TEXT);

    assertThat(sql.create(columns, List.of("id"))).isEqualTo(golden("create-table.sql"));
  }

  @Test
  void addsColumns() throws IOException {
    assertThat(sql.add(Map.of("na\"me", StoredType.TEXT))).isEqualTo(golden("add-columns.sql"));
  }

  @Test
  void widensATimestampToText() throws IOException {
    assertThat(sql.widen("last_seen_at", StoredType.TIMESTAMP, StoredType.TEXT))
        .containsExactly(golden("widen-timestamp.sql"));
  }

  @Test
  void insertsARow() throws IOException {
    assertThat(sql.insert(COLUMNS).sql()).isEqualTo(golden("insert.sql"));
  }

  @Test
  void replacesARowUnlessTheStoredOneIsNewer() throws IOException {
    TableSql.Statement update = sql.update(COLUMNS);

    assertThat(update.sql()).isEqualTo(golden("update.sql"));
    assertThat(update.parameters())
        .containsExactly("updated_at", "rev", "name", "id", "updated_at", "updated_at", "rev");
  }

  @Test
  void aTombstoneIsNotGuarded() throws IOException {
    assertThat(sql.update(List.of("id", "deleted", "synced_at")).sql())
        .isEqualTo(golden("update-tombstone.sql"));
  }

  /** Files break lines where they like; statements have none. */
  private static String golden(String file) throws IOException {
    return String.join(
        " ", Files.readAllLines(GOLDEN.resolve(file)).stream().map(String::strip).toList());
  }
}
