package io.kustomersync.it;

import static io.kustomersync.schema.Records.withAttributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.sink.database.DatabaseContract;
import io.kustomersync.sink.database.RowFault;
import io.kustomersync.sink.database.TestServer;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL server. */
class PostgresDatabaseIT extends DatabaseContract {

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.shared(TestServer.Kind.POSTGRESQL);
  }

  @Override
  protected DataSource empty() throws Exception {
    return server.empty();
  }

  @Test
  void aColumnThatAUserMadeAnEnumTakesItsValuesAndNoOthers() throws SQLException {
    write(withAttributes("a", "{\"status\":\"open\"}"));
    execute("create type state as enum ('open', 'done')");
    execute("alter table customers alter column status type state using status::state");

    assertThatThrownBy(() -> write(withAttributes("a", "{\"status\":\"done\"}")))
        .as("the table is looked at again after a failure")
        .hasMessageContaining("state");
    write(withAttributes("a", "{\"status\":\"done\"}"), withAttributes("b", "{\"status\":null}"));

    assertThat(query("select id, status from customers order by id"))
        .containsExactly("a|done", "b|null");
    assertThatThrownBy(() -> write(withAttributes("c", "{\"status\":\"snoozed\"}")))
        .isInstanceOf(SQLException.class)
        .satisfies(failure -> assertThat(RowFault.isIn(failure)).isTrue());
  }

  /** A cast to such a type would cut the text without a word. */
  @Test
  void aDomainOfAUserNeverCutsAText() throws SQLException {
    write(withAttributes("a", "{\"code\":\"abc\"}"));
    execute("create domain short as varchar(3)");
    execute("alter table customers alter column code type short");

    for (String when : List.of("before the table is looked at again", "and after")) {
      assertThatThrownBy(
              () ->
                  write(
                      withAttributes("a", "{\"code\":\"abcd\"}"),
                      withAttributes("b", "{\"code\":\"abcd\"}")))
          .as(when)
          .isInstanceOf(SQLException.class)
          .satisfies(failure -> assertThat(RowFault.isIn(failure)).isTrue());
    }

    assertThat(query("select id, code from customers")).containsExactly("a|abc");
  }

  @Test
  void aYearOfFiveDigitsOrBeforeChristIsStoredAmongOthers() throws SQLException {
    write(
        withAttributes("a", "{\"lastSeenAt\":\"2025-03-01T09:00:10Z\"}"),
        withAttributes("b", "{\"lastSeenAt\":\"9999-12-31T23:59:59.999-01:00\"}"),
        withAttributes("c", "{\"lastSeenAt\":\"0000-12-31T23:59:59Z\"}"));

    assertThat(
            query(
                "select id, to_char(last_seen_at at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.MS BC')"
                    + " from customers order by id"))
        .containsExactly(
            "a|2025-03-01 09:00:10.000 AD",
            "b|10000-01-01 00:59:59.999 AD",
            "c|0001-12-31 23:59:59.000 BC");
  }
}
