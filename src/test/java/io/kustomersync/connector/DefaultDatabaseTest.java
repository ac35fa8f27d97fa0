package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.inspection.DatabaseProbe;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.JdbcUrl;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DefaultDatabaseTest {
  @TempDir Path home;

  @Test
  void databaseUsedWhenNoneIsNamedOpens() throws Exception {
    Settings settings =
        new SettingsReader(home, Map.of(), Clock.systemUTC(), warning -> {})
            .read(List.of(), Set.of());

    try (HikariDataSource pool =
            DataSources.of(settings.storage().database(), "default", settings.storage().lease());
        Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
    assertThat(home.resolve("data/kustomer.mv.db")).exists();
    assertThat(home.resolve("data/kustomer.trace.db")).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyButTheOwnerReadsIt() throws Exception {
    Settings settings =
        new SettingsReader(home, Map.of(), Clock.systemUTC(), warning -> {})
            .read(List.of(), Set.of());
    // While it is open, when there are also a lock and what compacting leaves.
    try (HikariDataSource pool =
            DataSources.of(settings.storage().database(), "default", settings.storage().lease());
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t as select x, repeat('x', 1000) from system_range(1, 9999)");
      statement.execute("checkpoint sync");

      assertThat(permissions("data")).isEqualTo("rwx------");
      assertThat(permissions("data/kustomer.mv.db")).isEqualTo("rw-------");
    }
    assertThat(permissions("data/kustomer.mv.db")).isEqualTo("rw-------");
  }

  /** In a folder that is open to others. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyButTheOwnerReadsOneThatCheckHasMade() throws Exception {
    Files.createDirectory(home.resolve("shared"));
    DatabaseAddress address =
        new DatabaseAddress(JdbcUrl.check("jdbc:h2:file:shared/db", home), "sa", Optional.empty());

    assertThat(DatabaseProbe.problem(address)).isEmpty();

    assertThat(permissions("shared/db.mv.db")).isEqualTo("rw-------");
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
  }
}
