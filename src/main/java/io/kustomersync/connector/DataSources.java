package io.kustomersync.connector;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.database.Database;
import io.kustomersync.settings.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Connection pools made from addresses. */
final class DataSources {

  private DataSources() {}

  /**
   * A pool that connects when it is first used.
   *
   * @param silence who was frozen for longer in the middle of a transaction loses it, as it loses
   *     the lease; else whoever takes over would wait for its locks, on PostgreSQL for ever
   */
  static HikariDataSource of(DatabaseAddress address, String name, Duration silence) {
    Optional<Database> database = Database.ofUrl(address.url());
    HikariDataSource pool =
        new HikariDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            if (!isRunning()) {
              database.ifPresent(kind -> kind.prepare(address.url())); // not unless it is used
            }
            return super.getConnection();
          }

          @Override
          public void close() {
            database.ifPresent(kind -> kind.leave(this));
            super.close();
          }
        };
    pool.setPoolName(name);
    pool.setJdbcUrl(database.map(kind -> kind.poolUrl(address.url())).orElse(address.url()));
    if (!address.user().isEmpty()) {
      pool.setUsername(address.user());
    }
    address.password().ifPresent(password -> pool.setPassword(password.value()));
    pool.setMaximumPoolSize(6);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(10_000);
    database.ifPresent(kind -> kind.tune(pool, silence));
    return pool;
  }
}
