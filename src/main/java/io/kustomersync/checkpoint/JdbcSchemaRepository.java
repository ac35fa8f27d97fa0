package io.kustomersync.checkpoint;

import io.kustomersync.schema.SchemaJson;
import io.kustomersync.schema.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Schemas in a database, each with a digest, so that damage is seen. Thread-safe. */
public final class JdbcSchemaRepository implements SchemaRepository {

  private static final String SELECT =
      "SELECT state, digest, table_name FROM kustomer_sync_schema WHERE resource = ?";

  private final JdbcStore store;
  private final String resource;
  private final Lease lease;

  /** Writes only while no other process holds the resource's lease. */
  public JdbcSchemaRepository(JdbcStore store, String resource) {
    this(store, resource, new Lease(store, resource, Lease.TERM, loss -> {}));
  }

  /**
   * @param lease guards every write: an overtaken process must not undo what columns are called
   */
  public JdbcSchemaRepository(JdbcStore store, String resource, Lease lease) {
    this.store = store;
    this.resource = resource;
    this.lease = lease;
  }

  @Override
  public Optional<TableSchema> find(String table) {
    return select(SELECT + " AND table_name = ?", resource, table).stream().findFirst();
  }

  @Override
  public List<TableSchema> schemas() {
    return select(SELECT + " ORDER BY table_name", resource);
  }

  private List<TableSchema> select(String sql, Object... values) {
    return store.transaction(
        "be read",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            JdbcStore.bind(select, values);
            return schemas(select);
          }
        });
  }

  private List<TableSchema> schemas(PreparedStatement select) throws SQLException {
    List<TableSchema> schemas = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String state = rows.getString(1);
        String place = "columns of " + rows.getString(3) + " in " + store.place();
        if (!JdbcCheckpointRepository.digest(state).equals(rows.getString(2))) {
          throw CheckpointJson.damaged(place, null);
        }
        try {
          schemas.add(SchemaJson.read(state));
        } catch (IllegalArgumentException e) {
          throw new CheckpointException(place + ": " + e.getMessage(), e);
        }
      }
    }
    return schemas;
  }

  @Override
  public void save(TableSchema schema) {
    String state = StorableText.json(SchemaJson.write(schema));
    store.transaction("be written", lease, connection -> save(connection, schema.table(), state));
  }

  private Void save(Connection connection, String table, String state) throws SQLException {
    JdbcStore.replace(
        connection,
        "UPDATE kustomer_sync_schema SET state = ?, digest = ?"
            + " WHERE resource = ? AND table_name = ?",
        "INSERT INTO kustomer_sync_schema (state, digest, resource, table_name)"
            + " VALUES (?, ?, ?, ?)",
        state,
        JdbcCheckpointRepository.digest(state),
        resource,
        table);
    return null;
  }
}
