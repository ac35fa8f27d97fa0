package io.kustomersync.checkpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The quarantine as the table {@code kustomer_sync_quarantine} of the checkpoint store. */
public final class JdbcQuarantineRepository implements QuarantineRepository {

  /** Characters; nothing smaller is too large for any database. */
  private static final long LARGE = 100_000;

  private final JdbcStore store;
  private final String resource;
  private final Lease lease;

  /** A statement's parameters that every database takes. */
  private static final int KEYS_A_STATEMENT = 500;

  /**
   * The tables of which rows are held, so that a page of others costs no query; null until asked.
   */
  private volatile Set<String> tablesHeld;

  /**
   * @param lease guards every write
   */
  public JdbcQuarantineRepository(JdbcStore store, String resource, Lease lease) {
    this.store = store;
    this.resource = resource;
    this.lease = lease;
  }

  @Override
  public List<QuarantineEntry> all() {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT table_name, record_id, place, updated_at, rev, reason, row_json, record,"
                      + " since FROM kustomer_sync_quarantine WHERE resource = ?"
                      + " ORDER BY table_name, place, record_id")) {
            JdbcStore.bind(select, resource);
            try (ResultSet rows = select.executeQuery()) {
              List<QuarantineEntry> entries = new ArrayList<>();
              while (rows.next()) {
                entries.add(entry(rows));
              }
              return entries;
            }
          }
        });
  }

  private static QuarantineEntry entry(ResultSet rows) throws SQLException {
    long rev = rows.getLong(5);
    return new QuarantineEntry(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        Optional.ofNullable(rows.getString(4)),
        rows.getObject(5) == null ? OptionalLong.empty() : OptionalLong.of(rev),
        rows.getString(6),
        Optional.ofNullable(rows.getString(7)),
        Optional.ofNullable(rows.getString(8)),
        Instant.parse(rows.getString(9)));
  }

  @Override
  public Map<String, Long> counts() {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT table_name, COUNT(*) FROM kustomer_sync_quarantine WHERE resource = ?"
                      + " GROUP BY table_name")) {
            JdbcStore.bind(select, resource);
            try (ResultSet rows = select.executeQuery()) {
              Map<String, Long> counts = new TreeMap<>();
              while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
              }
              return counts;
            }
          }
        });
  }

  @Override
  public void put(List<QuarantineEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Set<String> tables = tablesHeld();
    try {
      entries.forEach(this::putOne);
    } finally {
      entries.forEach(entry -> tables.add(entry.table())); // last, see forget
    }
  }

  private void putOne(QuarantineEntry entry) {
    try {
      store.transaction("be written", lease, connection -> put(connection, entry));
    } catch (CheckpointException e) {
      if (e instanceof LeaseException || size(entry) < LARGE) {
        throw e;
      }
      // What no sink's database takes, the store's may refuse as well; the rest must go on.
      store.transaction("be written", lease, connection -> put(connection, light(entry)));
    }
  }

  private static long size(QuarantineEntry entry) {
    return entry.row().orElse("").length() + entry.record().orElse("").length();
  }

  /** Without what made it large. */
  private static QuarantineEntry light(QuarantineEntry entry) {
    return new QuarantineEntry(
        entry.table(),
        entry.id(),
        entry.place(),
        entry.updatedAt(),
        entry.rev(),
        entry.reason() + "; the row itself, " + size(entry) + " characters, can't be kept here",
        Optional.empty(),
        Optional.empty(),
        entry.since());
  }

  private Void put(Connection connection, QuarantineEntry entry) throws SQLException {
    JdbcStore.replace(
        connection,
        "UPDATE kustomer_sync_quarantine SET table_name = ?, record_id = ?, place = ?,"
            + " updated_at = ?, rev = ?, reason = ?, row_json = ?, record = ?, since = ?"
            + " WHERE resource = ? AND entry = ?",
        "INSERT INTO kustomer_sync_quarantine (table_name, record_id, place, updated_at, rev,"
            + " reason, row_json, record, since, resource, entry)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.table(),
        StorableText.plain(entry.id()),
        entry.place(),
        entry.updatedAt().orElse(null),
        entry.rev().isPresent() ? entry.rev().getAsLong() : null,
        StorableText.plain(entry.reason()),
        entry.row().map(StorableText::json).orElse(null),
        entry.record().map(StorableText::json).orElse(null),
        entry.since().toString(),
        resource,
        key(entry.table(), entry.id(), entry.place()));
    return null;
  }

  @Override
  public void forget(String table, Collection<String> ids, Collection<String> places) {
    if (!tablesHeld().contains(table)) {
      return;
    }
    List<String> keys = new ArrayList<>();
    for (String place : places) {
      ids.forEach(id -> keys.add(key(table, id, place)));
    }
    List<String> gone = store.transaction("be read", connection -> held(connection, keys));
    if (gone.isEmpty()) {
      return;
    }
    store.transaction(
        "be written",
        lease,
        connection -> {
          for (String key : gone) {
            JdbcStore.update(
                connection,
                "DELETE FROM kustomer_sync_quarantine WHERE resource = ? AND entry = ?",
                resource,
                key);
          }
          return null;
        });
    tablesHeld().remove(table);
    if (counts().containsKey(table)) {
      tablesHeld().add(table);
    }
  }

  /** Which of these keys have an entry. */
  private List<String> held(Connection connection, List<String> keys) throws SQLException {
    List<String> held = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += KEYS_A_STATEMENT) {
      List<String> part = keys.subList(i, Math.min(keys.size(), i + KEYS_A_STATEMENT));
      String places = String.join(", ", Collections.nCopies(part.size(), "?"));
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT entry FROM kustomer_sync_quarantine WHERE resource = ? AND entry IN ("
                  + places
                  + ")")) {
        List<String> values = new ArrayList<>(List.of(resource));
        values.addAll(part);
        JdbcStore.bind(select, values.toArray());
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            held.add(rows.getString(1));
          }
        }
      }
    }
    return held;
  }

  private Set<String> tablesHeld() {
    Set<String> tables = tablesHeld;
    if (tables == null) {
      tables = ConcurrentHashMap.newKeySet();
      tables.addAll(counts().keySet());
      synchronized (this) {
        // only who holds the lease writes, so what was read is all there is
        tablesHeld = tablesHeld == null ? tables : tablesHeld;
        tables = tablesHeld;
      }
    }
    return tables;
  }

  /** Short, since ids can be longer than what some databases index. */
  private static String key(String table, String id, String place) {
    return Fingerprint.of(table + '\n' + place + '\n' + id);
  }
}
