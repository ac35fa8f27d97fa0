package io.kustomersync.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a database server is set to that weakens "the database keeps what it has committed"
 * (docs/promises.md).
 *
 * @param losing what may lose the last commits when the server crashes: no harm as long as rows and
 *     positions are in one database, and so are lost together
 * @param breaking what may leave half a commit there
 * @param risky what may damage the database when its machine crashes
 */
public record ServerSettings(List<String> losing, List<String> breaking, List<String> risky) {

  static final ServerSettings NONE = new ServerSettings(List.of(), List.of(), List.of());

  public ServerSettings {
    losing = List.copyOf(losing);
    breaking = List.copyOf(breaking);
    risky = List.copyOf(risky);
  }

  /** One value; empty for none. */
  static String setting(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }
}
