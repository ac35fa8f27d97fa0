package io.kustomersync.connector;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.database.Database;
import io.kustomersync.database.Durability;
import io.kustomersync.database.ServerSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Settings of the database servers that break a condition of docs/promises.md.
 *
 * @param broken why nothing may be written
 * @param risks what only a crash of the server's machine would show
 */
public record ServerConditions(List<String> broken, List<String> risks) {

  public ServerConditions {
    broken = List.copyOf(broken);
    risks = List.copyOf(risks);
  }

  /**
   * @param together whether rows and positions are in the same database, so that a server that
   *     forgets its last commits forgets them of both
   */
  public static ServerConditions of(String what, Connection connection, boolean together)
      throws SQLException {
    ServerSettings settings = Database.of(connection).settings(connection);
    List<String> broken = new ArrayList<>(settings.breaking());
    List<String> risks = new ArrayList<>(settings.risky());
    for (String loss : settings.losing()) {
      if (together) {
        risks.add(loss + " (they are read again, since the positions are lost with them)");
      } else {
        broken.add(
            loss
                + ", or remove kustomer.checkpoint.url: positions elsewhere would be ahead of the"
                + " rows");
      }
    }
    return new ServerConditions(
        broken.stream().map(line -> what + ": " + line).toList(),
        risks.stream().map(line -> what + ": " + line).toList());
  }

  /**
   * Of all that a connector writes to. A server that can't be asked is not judged: the first page
   * will say that it is down.
   *
   * @param database where the rows go
   * @param checkpoints where the positions go; may be the same
   */
  public static ServerConditions of(DataSource database, DataSource checkpoints, boolean rows) {
    List<String> broken = new ArrayList<>();
    List<String> risks = new ArrayList<>();
    boolean together = database == checkpoints;
    if (rows && !together) {
      look("database", database, false, broken, risks);
    }
    // Positions that are lost are read again, whatever holds the rows.
    look(together ? "database" : "checkpoints", checkpoints, true, broken, risks);
    return new ServerConditions(broken, risks);
  }

  private static void look(
      String what, DataSource source, boolean together, List<String> broken, List<String> risks) {
    try (Connection connection = source.getConnection()) {
      ServerConditions found = of(what, connection, together);
      broken.addAll(found.broken());
      risks.addAll(found.risks());
      if (source instanceof HikariDataSource pool
          && Database.ofUrl(pool.getJdbcUrl()).isEmpty()
          && Database.of(connection).durability(connection.getMetaData().getURL())
              == Durability.MAY_GO_BACK) {
        // What SettingsRules says of an H2 file, and DataSources of threads, holds here too.
        (together ? risks : broken)
            .add(
                what
                    + ": behind the container's DataSource is an H2 file, which H2 may not survive"
                    + " when the process is killed; write jdbc:h2:file:<path>, or use PostgreSQL or"
                    + " MariaDB");
      }
    } catch (SQLException e) {
      // said by whoever writes first
    }
  }
}
