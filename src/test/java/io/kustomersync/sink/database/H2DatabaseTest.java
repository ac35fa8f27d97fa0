package io.kustomersync.sink.database;

import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** Against a real H2 file. */
class H2DatabaseTest extends DatabaseContract {

  @TempDir Path folder;

  @Override
  protected DataSource empty() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + folder.resolve("db"));
    return database;
  }

  @Override
  protected boolean keepsOffsets() {
    return true;
  }

  @Override
  protected String quoted(String name) {
    return '"' + name.toUpperCase(Locale.ROOT) + '"';
  }

  @Override
  protected String narrowed(String column) {
    return "alter table customers alter column " + column + " varchar(5)";
  }
}
