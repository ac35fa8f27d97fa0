package io.kustomersync.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checkpoints in a database, each with a digest, so that damage is seen and never taken for "start
 * again". Thread-safe as long as one thread saves a table.
 */
public final class JdbcCheckpointRepository implements CheckpointRepository {

  private static final String OF_TABLE = " WHERE resource = ? AND table_name = ?";

  private final JdbcStore store;
  private final String resource;
  private final Lease lease;

  /** Writes only while no other process holds the resource's lease. */
  public JdbcCheckpointRepository(JdbcStore store, String resource) {
    this(store, resource, new Lease(store, resource, Lease.TERM, loss -> {}));
  }

  /**
   * @param lease guards every write
   */
  public JdbcCheckpointRepository(JdbcStore store, String resource, Lease lease) {
    this.store = store;
    this.resource = resource;
    this.lease = lease;
  }

  @Override
  public Optional<Checkpoint> find(String table) {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT state, digest FROM kustomer_sync_checkpoint" + OF_TABLE)) {
            JdbcStore.bind(select, resource, table);
            try (ResultSet rows = select.executeQuery()) {
              if (!rows.next()) {
                return Optional.empty();
              }
              return Optional.of(
                  checkpoint(connection, table, rows.getString(1), rows.getString(2)));
            }
          }
        });
  }

  private Checkpoint checkpoint(Connection connection, String table, String state, String digest)
      throws SQLException {
    String place = place(table);
    if (!digest(state).equals(digest)) {
      throw CheckpointJson.damaged(place, null);
    }
    JsonNode json = CheckpointJson.parse(state, place);
    List<Ledger.Chunk> chunks = new ArrayList<>();
    if (json.path("format").asInt() <= CheckpointJson.FORMAT) {
      readLedger(connection, table, chunks);
      long last = chunks.isEmpty() ? 0 : chunks.get(chunks.size() - 1).number();
      if (chunks.size() != json.path("ledger").path("chunks").asLong()
          || last != json.path("ledger").path("last").asLong()) {
        throw CheckpointJson.damaged(
            place, new IllegalArgumentException("its ledger is not the one saved with it"));
      }
    }
    return CheckpointJson.read(json, Ledger.of(chunks), place);
  }

  private void readLedger(Connection connection, String table, List<Ledger.Chunk> chunks)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT chunk, oldest, newest, versions, digest FROM kustomer_sync_ledger"
                + OF_TABLE
                + " ORDER BY chunk")) {
      JdbcStore.bind(select, resource, table);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] versions = rows.getBytes(4);
          String oldest = rows.getString(2);
          String newest = rows.getString(3);
          if (!digest(oldest, newest, versions).equals(rows.getString(5))) {
            throw CheckpointJson.damaged(place(table) + ", ledger", null);
          }
          chunks.add(
              new Ledger.Chunk(
                  rows.getLong(1), Instant.parse(oldest), Instant.parse(newest), versions));
        }
      }
    }
  }

  @Override
  public List<Checkpoint> all() {
    return storedTables().stream().map(this::find).flatMap(Optional::stream).toList();
  }

  @Override
  public List<String> storedTables() {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT table_name FROM kustomer_sync_checkpoint"
                      + " WHERE resource = ? ORDER BY table_name")) {
            JdbcStore.bind(select, resource);
            try (ResultSet rows = select.executeQuery()) {
              List<String> names = new ArrayList<>();
              while (rows.next()) {
                names.add(rows.getString(1));
              }
              return names;
            }
          }
        });
  }

  @Override
  public void save(Checkpoint checkpoint) {
    store.transaction("be written", lease, connection -> save(connection, checkpoint));
  }

  @Override
  public void replace(Checkpoint checkpoint) {
    store.transaction(
        "be written",
        lease,
        connection -> {
          forget(connection, checkpoint.table());
          return save(connection, checkpoint);
        });
  }

  private Void save(Connection connection, Checkpoint checkpoint) throws SQLException {
    saveLedger(connection, checkpoint);
    List<Ledger.Chunk> chunks = checkpoint.ledger().chunks();
    ObjectNode json = CheckpointJson.writeWithoutLedger(checkpoint);
    json.putObject("ledger")
        .put("chunks", chunks.size())
        .put("last", chunks.isEmpty() ? 0 : chunks.get(chunks.size() - 1).number());
    String state = StorableText.json(json.toString());
    JdbcStore.replace(
        connection,
        "UPDATE kustomer_sync_checkpoint SET state = ?, digest = ?" + OF_TABLE,
        "INSERT INTO kustomer_sync_checkpoint (state, digest, resource, table_name)"
            + " VALUES (?, ?, ?, ?)",
        state,
        digest(state),
        resource,
        checkpoint.table());
    return null;
  }

  /** Adds the pages the store lacks and drops those that fell out of the overlap. */
  private void saveLedger(Connection connection, Checkpoint checkpoint) throws SQLException {
    String table = checkpoint.table();
    Set<Long> stored = storedChunks(connection, table);
    for (Ledger.Chunk chunk : checkpoint.ledger().chunks()) {
      if (!stored.remove(chunk.number())) {
        String oldest = chunk.oldest().toString();
        String newest = chunk.newest().toString();
        JdbcStore.update(
            connection,
            "INSERT INTO kustomer_sync_ledger"
                + " (resource, table_name, chunk, oldest, newest, versions, digest)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            resource,
            table,
            chunk.number(),
            oldest,
            newest,
            chunk.versions(),
            digest(oldest, newest, chunk.versions()));
      }
    }
    for (Long number : stored) {
      JdbcStore.update(
          connection,
          "DELETE FROM kustomer_sync_ledger" + OF_TABLE + " AND chunk = ?",
          resource,
          table,
          number);
    }
  }

  private Set<Long> storedChunks(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT chunk FROM kustomer_sync_ledger" + OF_TABLE)) {
      JdbcStore.bind(select, resource, table);
      try (ResultSet rows = select.executeQuery()) {
        Set<Long> numbers = new HashSet<>();
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
        return numbers;
      }
    }
  }

  @Override
  public void delete(String table) {
    store.transaction("be written", lease, connection -> forget(connection, table));
  }

  private Void forget(Connection connection, String table) throws SQLException {
    for (String part : List.of("checkpoint", "ledger", "status")) {
      JdbcStore.update(connection, "DELETE FROM kustomer_sync_" + part + OF_TABLE, resource, table);
    }
    return null;
  }

  @Override
  public List<TableStatus> statuses() {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT table_name, row_count, last_poll, last_error, last_error_at"
                      + " FROM kustomer_sync_status WHERE resource = ? ORDER BY table_name")) {
            JdbcStore.bind(select, resource);
            try (ResultSet rows = select.executeQuery()) {
              List<TableStatus> statuses = new ArrayList<>();
              while (rows.next()) {
                statuses.add(
                    new TableStatus(
                        rows.getString(1),
                        rows.getLong(2),
                        Optional.ofNullable(rows.getString(3)).map(Instant::parse),
                        Optional.ofNullable(rows.getString(4)),
                        Optional.ofNullable(rows.getString(5)).map(Instant::parse)));
              }
              return statuses;
            }
          }
        });
  }

  @Override
  public void record(TableStatus status) {
    store.transaction(
        "be written",
        lease,
        connection -> {
          JdbcStore.replace(
              connection,
              "UPDATE kustomer_sync_status SET row_count = ?, last_poll = ?, last_error = ?,"
                  + " last_error_at = ?"
                  + OF_TABLE,
              "INSERT INTO kustomer_sync_status (row_count, last_poll, last_error, last_error_at,"
                  + " resource, table_name) VALUES (?, ?, ?, ?, ?, ?)",
              status.rows(),
              status.lastPoll().map(Instant::toString).orElse(null),
              status.lastError().map(StorableText::plain).orElse(null),
              status.lastErrorAt().map(Instant::toString).orElse(null),
              resource,
              status.table());
          return null;
        });
  }

  private String place(String table) {
    return "checkpoint of " + table + " in " + store.place();
  }

  static String digest(String text) {
    return HexFormat.of().formatHex(Fingerprint.sha256(text));
  }

  private static String digest(String oldest, String newest, byte[] versions) {
    return digest(oldest + newest + HexFormat.of().formatHex(versions));
  }
}
