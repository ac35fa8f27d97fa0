package io.kustomersync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A container's DataSource may lead anywhere. */
class UnknownDatabaseTest {

  @Test
  void aProductThatNobodyHasTriedIsRefusedRatherThanTakenForMySql() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
    try (Connection keptOpen = DriverManager.getConnection(h2.getURL())) {
      JdbcStore store = new JdbcStore(calledOracle(DataSource.class, h2), "osgi:warehouse");

      assertThatThrownBy(store::open)
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "checkpoint store osgi:warehouse can't be opened: Oracle is not a database that we"
                  + " know; use H2, PostgreSQL, MariaDB or MySQL");
      try (ResultSet tables =
          keptOpen.getMetaData().getTables(null, null, "KUSTOMER_SYNC_%", null)) {
        assertThat(tables.next()).as("nothing is made there").isFalse();
      }
    }
  }

  private static <T> T calledOracle(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            UnknownDatabaseTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("getDatabaseProductName")) {
                return "Oracle";
              }
              try {
                Object result = method.invoke(real, arguments);
                if (result instanceof Connection connection) {
                  return calledOracle(Connection.class, connection);
                }
                return result instanceof DatabaseMetaData metaData
                    ? calledOracle(DatabaseMetaData.class, metaData)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
