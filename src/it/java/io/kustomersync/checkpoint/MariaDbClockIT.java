package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sink.database.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The lease goes by the database's clock, which must not stumble with the local time. */
class MariaDbClockIT {

  /** 2025-10-26T01:00:00Z, when clocks in the middle of Europe go from 3 back to 2. */
  private static final long AUTUMN = 1_761_440_400L;

  @Test
  void theHourThatComesTwiceInAutumnIsTwoHours() throws Exception {
    DataSource database = TestServer.shared(TestServer.Kind.MARIADB).empty();
    JdbcStore store = new JdbcStore(database, "the store");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      haveZone(statement);
      statement.execute("set time_zone = 'Test/Europe'");
      for (long second : List.of(AUTUMN - 5400, AUTUMN - 1800, AUTUMN + 1800, AUTUMN + 5400)) {
        statement.execute("set timestamp = " + second + ".123");

        assertThat(store.millis(connection)).isEqualTo(second * 1000 + 123);
      }
    } finally {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("delete from mysql.time_zone_name where time_zone_id = 4711");
      }
      ((AutoCloseable) database).close();
    }
  }

  /** The server comes without zones. */
  private static void haveZone(Statement statement) throws SQLException {
    for (String sql :
        List.of(
            "replace into mysql.time_zone (time_zone_id, use_leap_seconds) values (4711, 'N')",
            "replace into mysql.time_zone_name (name, time_zone_id) values ('Test/Europe', 4711)",
            "replace into mysql.time_zone_transition_type (time_zone_id, transition_type_id,"
                + " `offset`, is_dst, abbreviation) values (4711, 0, 7200, 1, 'CEST'),"
                + " (4711, 1, 3600, 0, 'CET')",
            "replace into mysql.time_zone_transition (time_zone_id, transition_time,"
                + " transition_type_id) values (4711, 1743296400, 0), (4711, "
                + AUTUMN
                + ", 1)")) {
      statement.execute(sql);
    }
  }
}
