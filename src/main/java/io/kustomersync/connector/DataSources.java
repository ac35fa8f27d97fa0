package io.kustomersync.connector;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** Connection pools made from addresses. */
final class DataSources {

  /** Milliseconds that a table's page waits for another's. */
  private static final int H2_PATIENCE = 30_000;

  private DataSources() {}

  /**
   * A pool that connects when it is first used.
   *
   * @param silence who was frozen for longer in the middle of a transaction loses it, as it loses
   *     the lease; else whoever takes over would wait for its locks, on PostgreSQL for ever
   */
  static HikariDataSource of(DatabaseAddress address, String name, Duration silence) {
    HikariDataSource pool =
        new HikariDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            if (!isRunning()) {
              DatabaseFile.make(address.url()); // before H2 makes it, and not unless it is used
            }
            return super.getConnection();
          }

          @Override
          public void close() {
            H2Shutdown.of(this);
            super.close();
          }
        };
    pool.setPoolName(name);
    pool.setJdbcUrl(url(address.url()));
    if (!address.user().isEmpty()) {
      pool.setUsername(address.user());
    }
    address.password().ifPresent(password -> pool.setPassword(password.value()));
    boolean h2 = JdbcUrl.isH2(address.url());
    pool.setMaximumPoolSize(h2 ? 1 : 6); // see url()
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(h2 ? H2_PATIENCE : 10_000);
    if (h2) {
      // The last connection to go would close the file; see H2Shutdown.
      pool.setIdleTimeout(0);
      pool.setMaxLifetime(0);
    }
    if (JdbcUrl.isPostgres(address.url())) {
      pool.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + silence.toMillis());
    }
    return pool;
  }

  /**
   * H2 would close the database when the process is told to end, before the page in hand is
   * written. It insists on that for a database that other processes may join; there the command
   * line's {@code OrderlyStop} is first to hear of the signal. And H2 would give up after 2 s when
   * another process holds a lock; on a busy machine that is soon.
   *
   * <p>H2 writes its maps to the file one after the other while other threads go on changing them.
   * A process killed before the next write leaves parts of transactions behind: rows that are in
   * the table and not in its index, keys that stay locked for ever (h2database issue 2080). So only
   * one thread at a time works on it, by a pool of one connection; and nothing is written but by
   * that thread when it commits, so that on return a commit is on disk.
   *
   * <p>How a file is left at the end: {@link H2Shutdown}. {@code MAX_COMPACT_TIME=0} would not do:
   * with it H2 2.3.232 closes files that it can't open again ("Double mark").
   */
  private static String url(String url) {
    if (!JdbcUrl.isH2(url)) {
      return url;
    }
    String upper = url.toUpperCase(Locale.ROOT);
    boolean ours = !upper.contains("DB_CLOSE_ON_EXIT") && !upper.contains("AUTO_SERVER");
    return url
        + (ours ? ";DB_CLOSE_ON_EXIT=FALSE" : "")
        + (upper.contains("LOCK_TIMEOUT") ? "" : ";LOCK_TIMEOUT=" + H2_PATIENCE)
        + ";WRITE_DELAY=0";
  }
}
