package io.kustomersync.app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Finds out whether a database can be reached and written. */
final class DatabaseProbe {
  private static final String TABLE = "kustomer_sync_check";

  private DatabaseProbe() {}

  /**
   * Makes a table and drops it again, since creating tables and columns is what the sink does.
   *
   * @return why not
   */
  static Optional<SQLException> problem(DatabaseAddress address) {
    try (Connection connection =
            DriverManager.getConnection(
                address.url(),
                address.user().isEmpty() ? null : address.user(),
                address
                    .password()
                    .map(Secret::value)
                    .orElse(address.user().isEmpty() ? null : ""));
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + TABLE);
      statement.execute("create table " + TABLE + " (id integer)");
      statement.execute("drop table " + TABLE);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(e);
    }
  }
}
