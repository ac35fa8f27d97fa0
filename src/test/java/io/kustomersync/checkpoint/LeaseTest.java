package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.schema.TableSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final JdbcDataSource database = new JdbcDataSource();
  private final List<LeaseException> losses = new ArrayList<>();
  private Connection keptOpen;
  private Lease first;
  private Lease second;

  @BeforeEach
  void start() throws SQLException {
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    keptOpen = DriverManager.getConnection(database.getURL());
    first = new Lease(store(), "default", HOUR, losses::add);
    second = new Lease(store(), "default", HOUR, losses::add);
  }

  @AfterEach
  void stop() throws SQLException {
    first.close();
    second.close();
    keptOpen.close();
  }

  private JdbcStore store() {
    return new JdbcStore(database, "the store");
  }

  @Test
  void secondTakerLearnsWhoHoldsIt() {
    assertThat(first.take()).isEmpty();
    assertThat(first.take()).isEmpty();

    assertThat(second.take())
        .get()
        .extracting(LeaseHolder::pid)
        .isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void eachResourceHasItsOwn() {
    first.take();

    try (Lease other = new Lease(store(), "other", HOUR, losses::add)) {
      assertThat(other.take()).isEmpty();
    }
  }

  @Test
  void givenBackItCanBeTakenAtOnce() {
    first.take();
    first.close();

    assertThat(second.take()).isEmpty();
  }

  @Test
  void afterItsEndItIsNotHeldAnyMore() throws SQLException {
    first.take();
    CheckpointRepository late = new JdbcCheckpointRepository(store(), "default", first);
    first.close();

    assertThatThrownBy(() -> late.save(Checkpoint.start("users")))
        .as("the page that was in hand")
        .isInstanceOf(LeaseException.class)
        .hasMessageContaining("given back");
    assertThatThrownBy(first::requireHeld).isInstanceOf(LeaseException.class);
    assertThat(losses).as("nobody has overtaken it").isEmpty();

    assertThat(first.take()).isEmpty();
    late.save(Checkpoint.start("users"));
    assertThat(second.take()).as("it is held again").isPresent();
  }

  @Test
  void whoWasOvertakenCanNotWrite() throws SQLException {
    first.take();
    CheckpointRepository overtaken = new JdbcCheckpointRepository(store(), "default", first);
    CheckpointRepository atWork = new JdbcCheckpointRepository(store(), "default", second);
    overtaken.save(Checkpoint.start("users").withDelivered(1));
    execute("UPDATE kustomer_sync_lease SET machine = 'elsewhere', expires_ms = 0");
    assertThat(second.take()).isEmpty();
    atWork.save(Checkpoint.start("users").withDelivered(2));

    assertThatThrownBy(() -> overtaken.save(Checkpoint.start("users").withDelivered(3)))
        .isInstanceOf(LeaseException.class)
        .hasMessageContaining("has taken over");
    assertThatThrownBy(() -> overtaken.delete("users")).isInstanceOf(LeaseException.class);
    assertThatThrownBy(
            () ->
                new JdbcSchemaRepository(store(), "default", first)
                    .save(TableSchema.empty("users")))
        .isInstanceOf(LeaseException.class);
    assertThatThrownBy(first::take).isInstanceOf(LeaseException.class);
    assertThatThrownBy(first::requireHeld).isInstanceOf(LeaseException.class);

    assertThat(atWork.find("users").orElseThrow().delivered()).isEqualTo(2);
    assertThat(losses).hasSize(1);
  }

  /** The timer of a suspended machine stands still, its clock does not. */
  @Test
  void whoWasSuspendedAsksBeforeItGivesAnythingToASink() throws SQLException {
    Instant noon = Instant.parse("2025-03-01T12:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(noon);
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now.get();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
          }
        };
    try (Lease suspended = new Lease(store(), "default", HOUR, clock, losses::add)) {
      assertThat(suspended.take()).isEmpty();
      execute("UPDATE kustomer_sync_lease SET machine = 'elsewhere', expires_ms = 0");
      assertThat(second.take()).isEmpty();
      suspended.requireHeld(); // cheap: it does not know yet

      now.set(noon.plus(HOUR).plusSeconds(1));

      assertThatThrownBy(suspended::requireHeld).isInstanceOf(LeaseException.class);
    }
  }

  @Test
  void silentHolderElsewhereIsLeftAloneUntilItsTimeIsOver() throws SQLException {
    first.take();
    execute("UPDATE kustomer_sync_lease SET machine = 'elsewhere', pid = 0");

    assertThat(second.take()).isPresent();
    execute("UPDATE kustomer_sync_lease SET expires_ms = 0");
    assertThat(second.take()).isEmpty();
  }

  @Test
  void goneHolderOfThisMachineIsReplacedAtOnce() throws Exception {
    first.take();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    execute("UPDATE kustomer_sync_lease SET pid = " + gone.pid());

    assertThat(second.take()).isEmpty();
  }

  @Test
  void laterProcessWithTheSameNumberIsNotTheHolder() throws SQLException {
    first.take();
    execute("UPDATE kustomer_sync_lease SET started = '1'");

    assertThat(second.take()).isEmpty();
  }

  @Test
  void withoutItOneWritesOnlyWhileNobodyHoldsIt() {
    CheckpointRepository without = new JdbcCheckpointRepository(store(), "default");
    without.save(Checkpoint.start("users"));
    first.take();

    assertThatThrownBy(() -> without.save(Checkpoint.start("users")))
        .isInstanceOf(LeaseException.class)
        .hasMessageContaining("another Kustomer Sync works on these checkpoints: process ");
  }

  /** It stands in the database, and nobody works by it. */
  @Test
  void aTakingWhoseCommitWasNotAnsweredIsNotInTheWayOfThisProcess() {
    try (Lease unlucky = new Lease(unanswered(), "default", HOUR, losses::add)) {
      assertThatThrownBy(unlucky::take)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("the connection broke");

      assertThat(unlucky.take()).isEmpty();
      assertThat(second.take()).isPresent();
    }
    try (Lease unlucky = new Lease(unanswered(), "default", HOUR, losses::add)) {
      assertThatThrownBy(unlucky::take).isInstanceOf(CheckpointException.class);

      assertThat(second.take()).isEmpty();
      assertThat(unlucky.take()).isPresent();
    }
  }

  @Test
  void aTakingWhoseCommitWasNotAnsweredIsGivenBackToProcessesElsewhere() throws SQLException {
    try (Lease unlucky = new Lease(unanswered(), "default", HOUR, losses::add)) {
      assertThatThrownBy(unlucky::take).isInstanceOf(CheckpointException.class);
    }

    try (Statement statement = keptOpen.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM kustomer_sync_lease")) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void oneOfManyThatTakeItTogetherGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Lease> leases = new ArrayList<>();
    try {
      List<Future<Boolean>> taken = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Lease lease = new Lease(store(), "default", HOUR, losses::add);
        leases.add(lease);
        taken.add(threads.submit(() -> lease.take().isEmpty()));
      }
      int winners = 0;
      for (Future<Boolean> one : taken) {
        winners += one.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdown();
      leases.forEach(Lease::close);
    }
  }

  /** Commits the tables, then the first taking, whose answer never arrives. */
  private JdbcStore unanswered() {
    AtomicInteger commits = new AtomicInteger();
    DataSource source =
        proxy(
            DataSource.class,
            database,
            (method, result) ->
                result instanceof Connection connection
                    ? proxy(
                        Connection.class,
                        connection,
                        (called, done) -> {
                          if (called.equals("commit") && commits.incrementAndGet() == 2) {
                            connection.close();
                            throw new SQLException("the connection broke", "08006");
                          }
                          return done;
                        })
                    : result);
    return new JdbcStore(source, "the store");
  }

  /** What becomes of a call's result. */
  @FunctionalInterface
  private interface Afterwards {
    Object of(String method, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T real, Afterwards afterwards) {
    return type.cast(
        Proxy.newProxyInstance(
            LeaseTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return afterwards.of(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = keptOpen.createStatement()) {
      statement.execute(sql);
    }
  }
}
