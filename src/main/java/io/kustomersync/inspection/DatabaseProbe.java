package io.kustomersync.inspection;

import io.kustomersync.connector.ServerConditions;
import io.kustomersync.database.Database;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Finds out whether a database can be reached and written. */
public final class DatabaseProbe {
  private static final String TABLE = "kustomer_sync_check";

  private DatabaseProbe() {}

  /**
   * Makes a table and drops it again, since creating tables and columns is what the sink does.
   *
   * @return why not
   */
  public static Optional<SQLException> problem(DatabaseAddress address) {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + TABLE);
      statement.execute("create table " + TABLE + " (id integer)");
      statement.execute("drop table " + TABLE);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    }
  }

  /**
   * What its server is set to that weakens what is promised.
   *
   * @param together whether rows and positions are both there
   */
  static ServerConditions conditions(String what, DatabaseAddress address, boolean together)
      throws SQLException {
    try (Connection connection = connect(address)) {
      return ServerConditions.of(what, connection, together);
    }
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    Database.ofUrl(address.url()).ifPresent(kind -> kind.prepare(address.url()));
    return DriverManager.getConnection(
        address.url(),
        address.user().isEmpty() ? null : address.user(),
        address.password().map(Secret::value).orElse(address.user().isEmpty() ? null : ""));
  }
}
