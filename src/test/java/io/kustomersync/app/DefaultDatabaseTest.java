package io.kustomersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultDatabaseTest {
  @TempDir Path home;

  @Test
  void databaseUsedWhenNoneIsNamedOpens() throws Exception {
    Settings settings =
        new SettingsReader(home, Map.of(), Clock.systemUTC(), warning -> {})
            .read(List.of(), Set.of());

    try (HikariDataSource pool = DataSources.of(settings.database(), "default", settings.lease());
        Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
    assertThat(home.resolve("data/kustomer.mv.db")).exists();
    assertThat(home.resolve("data/kustomer.trace.db")).doesNotExist();
  }
}
