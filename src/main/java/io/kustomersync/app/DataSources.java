package io.kustomersync.app;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;

/** Connection pools made from addresses. */
final class DataSources {

  private DataSources() {}

  /** A pool that connects when it is first used. */
  static HikariDataSource of(DatabaseAddress address, String name) {
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

  /** H2 would close the database at SIGTERM, before the page in hand is written. */
  private static String url(String url) {
    boolean h2 = url.startsWith("jdbc:h2:");
    return h2 && !url.toUpperCase(Locale.ROOT).contains("DB_CLOSE_ON_EXIT")
        ? url + ";DB_CLOSE_ON_EXIT=FALSE"
        : url;
  }
}
