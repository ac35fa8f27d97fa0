package io.kustomersync.sink;

import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.Records;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  /** By itself, H2 holds two alterations up until one of them gives up at the lock timeout. */
  @Test
  @Timeout(60)
  void tablesThatGrowAtTheSameTimeDoNotHoldEachOtherUp() throws Exception {
    JdbcDataSource growing = new JdbcDataSource();
    growing.setURL("jdbc:h2:file:" + folder.resolve("growing") + ";LOCK_TIMEOUT=120000");
    DatabaseSink sink = new DatabaseSink(growing);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Void>> tables = new ArrayList<>();
      for (int table = 0; table < 4; table++) {
        String name = "table" + table;
        tables.add(threads.submit(() -> grow(sink, name)));
      }
      for (Future<Void> table : tables) {
        table.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void grow(DatabaseSink sink, String table) throws SQLException {
    RowMapper mapper = new RowMapper(true, Clock.systemUTC());
    TableSchema schema = TableSchema.empty(table);
    for (int page = 0; page < 20; page++) {
      Mapped mapped =
          mapper.map(
              schema, List.of(Records.withAttributes("a" + page, "{\"field" + page + "\":\"x\"}")));
      schema = mapped.schema();
      sink.write(schema, mapped.rows());
    }
    return null;
  }
}
