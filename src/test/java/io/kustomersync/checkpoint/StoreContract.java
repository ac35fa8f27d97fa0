package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
