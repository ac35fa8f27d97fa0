package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.Records;
import io.kustomersync.schema.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the checkpoint store promises, whatever the database. Each subclass is a real one. */
public abstract class StoreContract {

  private static final Instant NOON = Instant.parse("2025-03-01T12:00:00.123Z");

  private DataSource database;
  private CheckpointRepository checkpoints;

  /** Connects to an empty database. */
  protected abstract DataSource empty() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = empty();
    checkpoints = opened("default");
  }

  /** As a process does that has just begun. */
  private CheckpointRepository opened(String resource) {
    return new JdbcCheckpointRepository(new JdbcStore(database, "the store"), resource);
  }

  @Test
  void whatIsSavedIsFoundByTheNextProcess() {
    Checkpoint saved =
        Checkpoint.start("tags")
            .withOrg("org1")
            .withPosition(NOON)
            .withHistoryPage(OptionalInt.of(7))
            .withKnown(Map.of("таг 😀", "f1", "b\\u0000", "f2"))
            .withLedger(Ledger.EMPTY.plus(records(500, NOON), Instant.EPOCH))
            .withDelivered(12);
    checkpoints.save(saved);

    Checkpoint found = opened("default").find("tags").orElseThrow();

    assertThat(CheckpointJson.write(found)).isEqualTo(CheckpointJson.write(saved));
    assertThat(opened("other").find("tags")).isEmpty();
    assertThat(opened("default").find("teams")).isEmpty();
    assertThat(opened("default").all()).extracting(Checkpoint::table).containsExactly("tags");
  }

  @Test
  void savingOverAndOverKeepsTheLedgerOfTheLastSave() {
    Ledger ledger = Ledger.EMPTY;
    for (int page = 0; page < 5; page++) {
      Instant time = NOON.plus(Duration.ofMinutes(page));
      ledger = ledger.plus(records(3, time), Instant.EPOCH).since(time.minusSeconds(150));
      checkpoints.save(Checkpoint.start("customers").withLedger(ledger));
    }

    Ledger found = opened("default").find("customers").orElseThrow().ledger();

    assertThat(found.chunks()).extracting(Ledger.Chunk::number).containsExactly(3L, 4L, 5L);
    assertThat(found.contains(records(3, NOON.plus(Duration.ofMinutes(4))).get(2))).isTrue();
    assertThat(found.contains(records(3, NOON).get(2))).isFalse();
  }

  @Test
  void aRestoredCheckpointTakesThePlaceOfTheStoredOne() {
    Ledger old = Ledger.EMPTY.plus(records(3, NOON), Instant.EPOCH);
    Ledger restored = Ledger.EMPTY.plus(records(2, NOON.plusSeconds(9)), Instant.EPOCH);
    checkpoints.save(Checkpoint.start("customers").withLedger(old));

    checkpoints.replace(Checkpoint.start("customers").withLedger(restored));

    assertThat(opened("default").find("customers").orElseThrow().ledger().size()).isEqualTo(2);
  }

  @Test
  void aDeletedCheckpointIsGoneWithItsLedgerAndStatus() {
    checkpoints.save(
        Checkpoint.start("customers")
            .withLedger(Ledger.EMPTY.plus(records(3, NOON), Instant.EPOCH)));
    checkpoints.record(status("customers", "boom"));
    checkpoints.delete("customers");

    assertThat(opened("default").find("customers")).isEmpty();
    assertThat(opened("default").statuses()).isEmpty();
    checkpoints.save(Checkpoint.start("customers"));
    assertThat(opened("default").find("customers").orElseThrow().ledger().size()).isZero();
  }

  @Test
  void statusesAreReplacedAndHoldMessagesWhole() {
    String message = "ошибка 😀 " + "x".repeat(100_000);
    checkpoints.record(status("customers", "first"));
    checkpoints.record(status("customers", message));
    checkpoints.record(
        new TableStatus("tags", 3, Optional.of(NOON), Optional.empty(), Optional.empty()));
    checkpoints.record(
        new TableStatus("tags", 3, Optional.of(NOON), Optional.empty(), Optional.empty()));

    assertThat(opened("default").statuses())
        .containsExactly(
            status("customers", message),
            new TableStatus("tags", 3, Optional.of(NOON), Optional.empty(), Optional.empty()));
  }

  @Test
  void aMessageWithWhatNoDatabaseTextHoldsIsStoredNonetheless() {
    checkpoints.record(status("customers", "a\0b"));

    assertThat(opened("default").statuses())
        .extracting(status -> status.lastError().orElseThrow())
        .first()
        .asString()
        .matches("a.b");
  }

  @Test
  void aKnownListOfManyThousandRowsIsStoredWhole() {
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      known.put(Integer.toHexString(i), "0123456789abcdef0123456789abcdef");
    }
    checkpoints.save(Checkpoint.start("tags").withKnown(known));

    assertThat(opened("default").find("tags").orElseThrow().known()).isEqualTo(known);
  }

  @Test
  void schemasComeBackAsTheyWere() {
    SchemaRepository schemas =
        new JdbcSchemaRepository(new JdbcStore(database, "the store"), "default");
    TableSchema first =
        new TableSchema("kobject_*", List.of(new Column("a", ColumnType.JSON, "таблица '\\\"")));
    schemas.save(TableSchema.empty("kobject_*"));
    schemas.save(first);
    schemas.save(TableSchema.empty("customers"));

    assertThat(schemas.find("kobject_*")).contains(first);
    assertThat(schemas.schemas())
        .extracting(TableSchema::table)
        .containsExactlyInAnyOrder("customers", "kobject_*");
  }

  @Test
  void damageIsSeenAndNeverTakenForABeginning() throws SQLException {
    checkpoints.save(
        Checkpoint.start("customers")
            .withLedger(Ledger.EMPTY.plus(records(3, NOON), Instant.EPOCH)));
    execute("update kustomer_sync_ledger set newest = '2020-01-01T00:00:00Z'");
    assertThatThrownBy(() -> opened("default").find("customers"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("checkpoint of customers in the store, ledger: damaged");

    execute("delete from kustomer_sync_ledger");
    assertThatThrownBy(() -> opened("default").find("customers"))
        .hasMessageContaining("its ledger is not the one saved with it");

    execute("update kustomer_sync_checkpoint set state = '{}'");
    assertThatThrownBy(() -> opened("default").find("customers")).hasMessageContaining("damaged");
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws SQLException {
    checkpoints.save(Checkpoint.start("customers"));
    execute("update kustomer_sync_meta set setting_value = '99'");

    assertThatThrownBy(() -> opened("default").find("customers"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("the store: written by a newer version of Kustomer Sync (format 99");
  }

  @Test
  void whoHoldsTheLeaseKeepsOthersOut() {
    try (Lease first = lease();
        Lease second = lease()) {
      assertThat(first.take()).isEmpty();
      assertThat(second.take()).isPresent();
    }
    try (Lease third = lease()) {
      assertThat(third.take()).isEmpty();
    }
  }

  @Test
  void whoWasOvertakenCanNotWrite() throws SQLException {
    try (Lease first = lease();
        Lease second = lease()) {
      assertThat(first.take()).isEmpty();
      CheckpointRepository overtaken =
          new JdbcCheckpointRepository(new JdbcStore(database, "the store"), "default", first);
      CheckpointRepository atWork =
          new JdbcCheckpointRepository(new JdbcStore(database, "the store"), "default", second);
      overtaken.save(Checkpoint.start("users").withDelivered(1));
      execute("update kustomer_sync_lease set machine = 'elsewhere', expires_ms = 0");
      assertThat(second.take()).isEmpty();
      atWork.save(Checkpoint.start("users").withDelivered(2));

      assertThatThrownBy(() -> overtaken.save(Checkpoint.start("users").withDelivered(3)))
          .isInstanceOf(LeaseException.class);
      assertThat(atWork.find("users").orElseThrow().delivered()).isEqualTo(2);
    }
  }

  /** Else a write could be committed after the other has begun to read. */
  @Test
  void nobodyOvertakesInTheMidstOfAWrite() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Lease first = lease();
        Lease second = lease()) {
      assertThat(first.take()).isEmpty();
      execute("update kustomer_sync_lease set machine = 'elsewhere', expires_ms = 0");
      JdbcStore store = new JdbcStore(database, "the store");
      Future<Optional<LeaseHolder>> taking =
          store.transaction(
              "be written",
              first,
              connection -> {
                Future<Optional<LeaseHolder>> other = thread.submit(second::take);
                assertThatThrownBy(() -> other.get(700, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                JdbcStore.update(
                    connection,
                    "INSERT INTO kustomer_sync_meta (setting, setting_value) VALUES (?, ?)",
                    "written",
                    "whole");
                return other;
              });

      assertThat(taking.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThatThrownBy(() -> store.transaction("be written", first, connection -> null))
          .isInstanceOf(LeaseException.class);
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void oneOfManyThatTakeItTogetherGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Lease> leases = new ArrayList<>();
    try {
      List<Future<Boolean>> taken = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Lease lease = lease();
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

  @Test
  void theQuarantineTakesWhatNoDatabasesTextHolds() {
    String row = "{\"name\":\"half \uD800 of a pair, whole 😀\",\"nul\":\"\\u0000\"}";
    QuarantineEntry entry =
        new QuarantineEntry(
            "customers",
            "id\0\uDC00",
            "database",
            Optional.empty(),
            OptionalLong.of(1),
            "refused: a\0b \uD800",
            Optional.of(row),
            Optional.empty(),
            NOON);
    try (Lease lease = lease()) {
      new JdbcQuarantineRepository(new JdbcStore(database, "the store"), "default", lease)
          .put(List.of(entry));

      QuarantineEntry found =
          new JdbcQuarantineRepository(new JdbcStore(database, "the store"), "default", lease)
              .all()
              .get(0);

      assertThat(Records.JSON.readTree(found.row().orElseThrow()))
          .isEqualTo(Records.JSON.readTree(row));
      assertThat(found.reason()).startsWith("refused: a").contains("b ");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFieldNamedWithHalfASurrogatePairKeepsItsColumn() {
    TableSchema schema =
        new TableSchema(
            "customers", List.of(new Column("x", ColumnType.TEXT, "attributes.a\uD800\0")));
    new JdbcSchemaRepository(new JdbcStore(database, "the store"), "default").save(schema);

    assertThat(
            new JdbcSchemaRepository(new JdbcStore(database, "the store"), "default")
                .find("customers"))
        .contains(schema);
  }

  private Lease lease() {
    return new Lease(
        new JdbcStore(database, "the store"), "default", Duration.ofHours(1), loss -> {});
  }

  private static TableStatus status(String table, String message) {
    return new TableStatus(table, 3, Optional.empty(), Optional.of(message), Optional.of(NOON));
  }

  private static List<KustomerRecord> records(int count, Instant updatedAt) {
    List<KustomerRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          Records.withAttributes(
              "id" + i, "{\"updatedAt\":\"%s\",\"rev\":%d}".formatted(updatedAt, i)));
    }
    return records;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
