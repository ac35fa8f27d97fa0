package io.kustomersync.it.fire;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Connections that tell {@link KillPoint} where their transaction is: a statement of rows under
 * way, before and after the commit of a page's rows, and inside, before and after the commit of the
 * checkpoint's own transaction.
 */
final class WatchedDatabase implements InvocationHandler {
  private static final String ROWS = "rows";
  private static final String CHECKPOINT = "checkpoint";

  private final Connection connection;

  /** What the open transaction has written so far; empty for anything else. */
  private String written = "";

  private WatchedDatabase(Connection connection) {
    this.connection = connection;
  }

  /** What the pool would make by itself from its URL, watched. */
  static DataSource of(HikariDataSource pool) {
    DataSource plain =
        new DriverDataSource(
            pool.getJdbcUrl(),
            null,
            pool.getDataSourceProperties(),
            pool.getUsername(),
            pool.getPassword());
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(plain, method, arguments);
          return result instanceof Connection made
              ? proxy(Connection.class, new WatchedDatabase(made))
              : result;
        });
  }

  @Override
  public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "commit" -> {
        String what = written;
        written = "";
        KillPoint.reach("before-commit-of-" + what);
        Object result = call(connection, method, arguments);
        KillPoint.reach("after-commit-of-" + what);
        return result;
      }
      case "rollback" -> written = "";
      case "prepareStatement" -> {
        String kind = kind((String) arguments[0]);
        Object statement = call(connection, method, arguments);
        return kind.isEmpty() ? statement : watched((PreparedStatement) statement, kind);
      }
      default -> {}
    }
    return call(connection, method, arguments);
  }

  private PreparedStatement watched(PreparedStatement statement, String kind) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          boolean executes = method.getName().startsWith("execute");
          if (executes && kind.equals(ROWS)) {
            endSoonIf(KillPoint.isReached("rows-under-way"));
          }
          Object result = call(statement, method, arguments);
          if (executes) {
            written = kind;
            KillPoint.reach("inside-transaction-of-" + kind);
          }
          return result;
        });
  }

  /** While the statement is at work, at a moment that chance chooses. */
  private static void endSoonIf(boolean wanted) {
    if (wanted) {
      long nanos = ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(4));
      long end = System.nanoTime() + nanos;
      new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
                Runtime.getRuntime().halt(137);
              })
          .start();
    }
  }

  private static String kind(String sql) {
    String start = sql.strip().toUpperCase(Locale.ROOT);
    if (start.startsWith("SELECT")) {
      return "";
    }
    if (!start.contains("KUSTOMER_SYNC_")) {
      return ROWS;
    }
    boolean checkpoint =
        start.contains("KUSTOMER_SYNC_CHECKPOINT") || start.contains("KUSTOMER_SYNC_LEDGER");
    return checkpoint ? CHECKPOINT : "";
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
