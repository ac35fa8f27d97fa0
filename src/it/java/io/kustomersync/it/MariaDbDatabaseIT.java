package io.kustomersync.it;

import io.kustomersync.sink.database.DatabaseContract;
import io.kustomersync.sink.database.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** Against a real MariaDB server. */
class MariaDbDatabaseIT extends DatabaseContract {

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.shared(TestServer.Kind.MARIADB);
  }

  @Override
  protected DataSource empty() throws Exception {
    return server.empty();
  }

  @Override
  protected String quoted(String name) {
    return '`' + name + '`';
  }

  @Override
  protected String narrowed(String column) {
    return "alter table customers modify column " + column + " varchar(5)";
  }

  @Override
  protected String indexed(String column) {
    return column + "(100)";
  }
}
