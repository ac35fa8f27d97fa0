package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the quarantine reads of itself while pages go by. */
class QuarantineMemoryTest {
  private final JdbcDataSource database = new JdbcDataSource();
  private final List<String> statements = new ArrayList<>();
  private Connection keptOpen;

  @BeforeEach
  void start() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    keptOpen = DriverManager.getConnection(database.getURL());
  }

  @AfterEach
  void stop() throws SQLException {
    keptOpen.close();
  }

  @Test
  void aPageIsComparedWithoutLoadingWhatIsHeld() {
    quarantine().put(List.of(entry("customers", "a"), entry("customers", "b")));

    JdbcQuarantineRepository afterARestart = quarantine();
    statements.clear();
    afterARestart.forget("customers", List.of("b", "c"), List.of("database", "jsonl"));

    assertThat(statements).noneMatch(sql -> sql.contains("row_json"));
    assertThat(afterARestart.all()).extracting(QuarantineEntry::id).containsExactly("a");
  }

  @Test
  void aTableOfWhichNothingIsHeldCostsNoStatement() {
    JdbcQuarantineRepository quarantine = quarantine();
    quarantine.put(List.of(entry("customers", "a")));
    quarantine.forget("users", List.of("a"), List.of("database"));
    statements.clear();

    quarantine.forget("users", List.of("a"), List.of("database"));
    assertThat(statements).isEmpty();

    quarantine.forget("customers", List.of("a"), List.of("database"));
    statements.clear();
    quarantine.forget("customers", List.of("a"), List.of("database"));
    assertThat(statements).as("what was held is gone").isEmpty();
  }

  @Test
  void moreIdsThanAStatementTakesAreAllForgotten() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_700; i++) {
      ids.add("id" + i);
    }
    JdbcQuarantineRepository quarantine = quarantine();
    quarantine.put(List.of(entry("customers", "id0"), entry("customers", "id1699")));

    quarantine.forget("customers", ids, List.of("database", "jsonl"));

    assertThat(quarantine.all()).isEmpty();
  }

  private JdbcQuarantineRepository quarantine() {
    JdbcStore store = new JdbcStore(listening(DataSource.class, database), "the store");
    Lease lease = new Lease(store, "default", Duration.ofHours(1), loss -> {});
    return new JdbcQuarantineRepository(store, "default", lease);
  }

  private static QuarantineEntry entry(String table, String id) {
    return new QuarantineEntry(
        table,
        id,
        "database",
        Optional.empty(),
        OptionalLong.empty(),
        "too long",
        Optional.of("{}"),
        Optional.empty(),
        Instant.EPOCH);
  }

  private <T> T listening(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("prepareStatement")) {
                  statements.add(arguments[0].toString().toLowerCase(Locale.ROOT));
                }
                return result instanceof Connection connection
                    ? listening(Connection.class, connection)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
