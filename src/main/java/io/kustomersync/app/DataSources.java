package io.kustomersync.app;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;

/** Connection pools made from addresses. */
final class DataSources {

  private DataSources() {}

  /** A pool that connects when it is first used. */
  static HikariDataSource of(DatabaseAddress address, String name) {
    DatabaseFile.make(address.url());
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl(url(address.url()));
    if (!address.user().isEmpty()) {
      pool.setUsername(address.user());
    }
    address.password().ifPresent(password -> pool.setPassword(password.value()));
    pool.setMaximumPoolSize(6);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(10_000);
    return pool;
  }

  /**
   * H2 would close the database when the process is told to end, before the page in hand is
   * written. It insists on that for a database that other processes may join; there {@link
   * OrderlyStop} is first to hear of the signal. And H2 would give up after 2 s when another
   * table's page holds a lock; on a busy machine that is soon.
   */
  private static String url(String url) {
    if (!JdbcUrl.isH2(url)) {
      return url;
    }
    String upper = url.toUpperCase(Locale.ROOT);
    boolean ours = !upper.contains("DB_CLOSE_ON_EXIT") && !upper.contains("AUTO_SERVER");
    return url
        + (ours ? ";DB_CLOSE_ON_EXIT=FALSE" : "")
        + (upper.contains("LOCK_TIMEOUT") ? "" : ";LOCK_TIMEOUT=30000");
  }
}
