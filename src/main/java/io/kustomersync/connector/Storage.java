package io.kustomersync.connector;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.JdbcCheckpointRepository;
import io.kustomersync.checkpoint.JdbcQuarantineRepository;
import io.kustomersync.checkpoint.JdbcSchemaRepository;
import io.kustomersync.checkpoint.JdbcStore;
import io.kustomersync.checkpoint.Lease;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.checkpoint.SchemaRepository;
import io.kustomersync.settings.JdbcUrl;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases that a connector works with, and what is stored there. None is opened before it is
 * needed. Thread-safe.
 */
final class Storage implements SyncState, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

  private final Settings settings;
  private final HikariDataSource database;
  private final HikariDataSource checkpointDatabase;
  private final JdbcStore store;
  private final Lease lease;
  private final CheckpointRepository checkpoints;
  private final SchemaRepository schemas;
  private final QuarantineRepository quarantine;
  private boolean serversChecked;

  /**
   * @param overtaken told when another process has taken over
   */
  Storage(Settings settings, Clock clock, Consumer<LeaseException> overtaken) {
    this.settings = settings;
    database =
        DataSources.of(settings.storage().database(), "database", settings.storage().lease());
    checkpointDatabase =
        settings.storage().checkpoint().equals(settings.storage().database())
            ? database
            : DataSources.of(
                settings.storage().checkpoint(), "checkpoint", settings.storage().lease());
    store = new JdbcStore(checkpointDatabase, JdbcUrl.shown(settings.storage().checkpoint().url()));
    lease =
        new Lease(
            store, settings.connection().resource(), settings.storage().lease(), clock, overtaken);
    checkpoints = new JdbcCheckpointRepository(store, settings.connection().resource(), lease);
    schemas = new JdbcSchemaRepository(store, settings.connection().resource(), lease);
    quarantine = new JdbcQuarantineRepository(store, settings.connection().resource(), lease);
  }

  /** Where the database sink writes. */
  DataSource database() {
    return database;
  }

  Lease lease() {
    return lease;
  }

  SchemaRepository schemas() {
    return schemas;
  }

  /** The same, to look at without the lease. */
  SchemaRepository schemasToRead() {
    return new JdbcSchemaRepository(store, settings.connection().resource());
  }

  @Override
  public CheckpointRepository checkpoints() {
    return checkpoints;
  }

  @Override
  public QuarantineRepository quarantine() {
    return quarantine;
  }

  /**
   * @throws io.kustomersync.checkpoint.CheckpointException when nothing could be saved
   */
  void open() {
    store.open();
  }

  @Override
  public Optional<LeaseHolder> takeLease() {
    checkServers();
    return lease.take();
  }

  /**
   * @throws LeaseException that says who is at work instead
   */
  void requireLease() {
    takeLease()
        .ifPresent(
            other -> {
              throw new LeaseException(other);
            });
  }

  /** Nothing is written to a server that breaks a condition of what is promised. */
  private synchronized void checkServers() {
    if (!serversChecked) {
      ServerConditions conditions =
          ServerConditions.of(
              database, checkpointDatabase, settings.sinks().names().contains("database"));
      if (!conditions.broken().isEmpty()) {
        throw new SettingsException(conditions.broken());
      }
      conditions.risks().forEach(LOG::warn);
      serversChecked = true;
    }
  }

  @Override
  public void close() {
    lease.close();
    database.close();
    checkpointDatabase.close();
  }
}
