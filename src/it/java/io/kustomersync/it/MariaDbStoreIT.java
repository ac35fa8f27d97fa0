package io.kustomersync.it;

import io.kustomersync.checkpoint.StoreContract;
import io.kustomersync.sink.database.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** Against a real MariaDB server. */
class MariaDbStoreIT extends StoreContract {

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.shared(TestServer.Kind.MARIADB);
  }

  @Override
  protected DataSource empty() throws Exception {
    return server.empty();
  }
}
