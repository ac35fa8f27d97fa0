package io.kustomersync.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Leaves an H2 file as it is on disk, rather than let H2 close it.
 *
 * <p>When H2 closes a file in good order, it moves what is in it together. After a kill it can get
 * that wrong: {@code RandomAccessStore.moveChunkInside} leaves a chunk behind the end to which the
 * file is then cut (2.3.232, an assertion that only tests switch on), and the next to open the file
 * finds a state of it that is minutes old. Every commit is on disk by itself ({@code
 * WRITE_DELAY=0}), so nothing has to be written at the end; the next to open it finds the file as
 * after a kill, which it copes with.
 */
final class H2Shutdown {

  /** Not in memory, where it would be gone; not on a server, whose it is. */
  private static final Pattern FILE =
      Pattern.compile("jdbc:h2:(?!mem:|tcp:|ssl:)", Pattern.CASE_INSENSITIVE);

  private H2Shutdown() {}

  /**
   * Does nothing while others have the database open, too: the last of them closes it; nor while
   * the one connection is at work, which would have to be waited for.
   */
  static void of(HikariDataSource pool) {
    if (!isFile(pool.getJdbcUrl())
        || !pool.isRunning()
        || pool.getHikariPoolMXBean().getIdleConnections() == 0) {
      return;
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      if (isAlone(statement)) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      }
    } catch (SQLException e) {
      // H2 closes it then: without the right to, or when it is closed already
    }
  }

  static boolean isFile(String url) {
    return FILE.matcher(url).lookingAt();
  }

  private static boolean isAlone(Statement statement) throws SQLException {
    try (ResultSet sessions =
        statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS")) {
      sessions.next();
      return sessions.getInt(1) == 1;
    }
  }
}
