package io.kustomersync.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.Records;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.file.DyingDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at each change of the file that H2 makes while it alters a table. */
class H2AlterKilledTest {
  private static final int ROWS = 30;

  private final RowMapper mapper = new RowMapper(true, Clock.systemUTC());

  @TempDir Path folder;

  @BeforeEach
  void register() {
    DyingDisk.register();
  }

  @AfterEach
  void live() {
    DyingDisk.live();
  }

  @Test
  void aColumnIsAddedAndNoRowIsLost() throws SQLException {
    alterAndBeKilled("{\"name\":\"Bob\",\"tierNum\":5}");
  }

  @Test
  void aColumnIsWidenedAndNoRowIsLost() throws SQLException {
    alterAndBeKilled("{\"name\":7}", "{\"n\":\"seven\"}");
  }

  private void alterAndBeKilled(String... attributes) throws SQLException {
    boolean killed = true;
    int kills = 0;
    for (int changes = 0; killed; changes++) {
      String url = "jdbc:h2:dying:" + folder.resolve("db" + changes) + ";WRITE_DELAY=0";
      TableSchema before = first(url);

      try (Connection connection = DriverManager.getConnection(url)) {
        DyingDisk.dieAfter(changes, 0);
        write(connection, before, records("b", attributes));
        killed = DyingDisk.isDead();
      } catch (SQLException | RuntimeException e) {
        killed = DyingDisk.isDead();
        assertThat(killed).as(e.toString()).isTrue();
      }
      DyingDisk.live();

      kills += killed ? 1 : 0;
      try (Connection connection = DriverManager.getConnection(url)) {
        write(connection, before, records("b", attributes));
        assertThat(ids(connection))
            .as("killed after %s changes", changes)
            .hasSize(ROWS + attributes.length);
        assertThat(tables(connection)).containsExactly("CUSTOMERS");
      }
    }
    assertThat(kills).isGreaterThan(5);
  }

  private TableSchema first(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      String[] attributes = new String[ROWS];
      Arrays.fill(attributes, "{\"name\":\"Ada\",\"n\":1}");
      return write(connection, TableSchema.empty("customers"), records("a", attributes));
    }
  }

  private TableSchema write(Connection connection, TableSchema schema, List<KustomerRecord> records)
      throws SQLException {
    Mapped page = mapper.map(schema, records);
    new DatabaseSink(OneConnection.pool(connection)).write(page.schema(), page.rows());
    return page.schema();
  }

  private static List<KustomerRecord> records(String prefix, String... attributes) {
    List<KustomerRecord> records = new ArrayList<>();
    for (int i = 0; i < attributes.length; i++) {
      records.add(Records.withAttributes(prefix + i, attributes[i]));
    }
    return records;
  }

  private static List<String> ids(Connection connection) throws SQLException {
    return all(connection, "select id from customers");
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return all(
        connection,
        "select table_name from information_schema.tables where table_schema = 'PUBLIC'");
  }

  private static List<String> all(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
