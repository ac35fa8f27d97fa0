package io.kustomersync.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQL that PostgreSQL and MariaDB get, as {@code golden/sql} shows it. */
class DialectSqlTest {

  private static final List<String> COLUMNS = List.of("id", "updated_at", "rev", "name");

  private static TableSql sql(String dialect) {
    return new TableSql(
        dialect.equals("postgresql")
            ? new PostgresDialect()
            : new MariaDbDialect("utf8mb4_nopad_bin", 16 * 1024 * 1024),
        new TableName(Optional.of("crm"), "customers"));
  }

  private static String of(String dialect, String statement) {
    TableSql sql = sql(dialect);
    return switch (statement) {
      case "create-table" -> {
        Map<String, StoredType> columns = new LinkedHashMap<>();
        columns.put("id", StoredType.TEXT);
        columns.put("updated_at", StoredType.TIMESTAMP);
        columns.put("rev", StoredType.INTEGER);
        columns.put("deleted", StoredType.BOOLEAN);
        columns.put("custom_size_num", StoredType.DECIMAL);
        columns.put("emails", StoredType.JSON);
        columns.put("order", StoredType.TEXT);
        yield sql.create(columns, List.of("id"));
      }
      case "comment" -> sql.comment(TableRole.ROWS.comment("customers"));
      case "add-columns" -> sql.add(Map.of("na\"m`e", StoredType.TEXT));
      case "widen-timestamp" ->
          String.join("; ", sql.widen("last_seen_at", StoredType.TIMESTAMP, StoredType.TEXT));
      case "widen-boolean" ->
          String.join("; ", sql.widen("vip", StoredType.BOOLEAN, StoredType.TEXT));
      case "upsert" -> sql.upsert(COLUMNS, 2).sql();
      case "upsert-tombstone" -> sql.upsert(List.of("id", "deleted", "synced_at"), 1).sql();
      case "upsert-arrays" -> sql.upsertArrays(COLUMNS, arrays());
      case "append-arrays" ->
          sql.appendArrays(
              List.of("id", "_version", "name"), List.of("id", "_version"), arrays().subList(0, 3));
      case "append" -> sql.append(List.of("id", "_version", "name"), List.of("id"), 2).sql();
      default -> throw new IllegalArgumentException(statement);
    };
  }

  private static List<PostgresArray> arrays() {
    List<Object> none = Collections.singletonList(null);
    return Stream.of(StoredType.TEXT, StoredType.TIMESTAMP, StoredType.INTEGER, StoredType.JSON)
        .map(type -> PostgresArray.of(type, none).orElseThrow())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql,create-table",
    "postgresql,comment",
    "postgresql,add-columns",
    "postgresql,widen-timestamp",
    "postgresql,widen-boolean",
    "postgresql,upsert",
    "postgresql,upsert-tombstone",
    "postgresql,upsert-arrays",
    "postgresql,append",
    "postgresql,append-arrays",
    "mariadb,create-table",
    "mariadb,comment",
    "mariadb,add-columns",
    "mariadb,widen-timestamp",
    "mariadb,widen-boolean",
    "mariadb,upsert",
    "mariadb,upsert-tombstone",
    "mariadb,append",
  })
  void isWrittenAsReviewed(String dialect, String statement) throws IOException {
    Path golden = Path.of("src/test/resources/golden/sql", dialect, statement + ".sql");

    // files break lines where they like; statements have none
    assertThat(of(dialect, statement))
        .isEqualTo(
            String.join(" ", Files.readAllLines(golden).stream().map(String::strip).toList()));
  }
}
