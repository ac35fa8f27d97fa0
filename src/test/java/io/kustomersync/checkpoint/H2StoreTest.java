package io.kustomersync.checkpoint;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** Against a real H2 file. */
class H2StoreTest extends StoreContract {

  @TempDir Path folder;

  @Override
  protected DataSource empty() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + folder.resolve("db"));
    return database;
  }
}
