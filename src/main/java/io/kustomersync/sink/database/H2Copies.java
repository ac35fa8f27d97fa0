package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What H2 leaves of an ALTER TABLE when the process is killed in its midst. H2 copies the table to
 * one named {@code <TABLE>_COPY_<number>_<number>}, drops the table, and gives the copy its name,
 * and commits between these. Made anew, the table would be empty, and the positions say that its
 * rows are there.
 */
final class H2Copies {
  private final Connection connection;
  private final String schema;
  private final String table;

  H2Copies(Connection connection, H2Dialect dialect, TableName name) throws SQLException {
    this.connection = connection;
    this.schema = TableMigrator.schema(connection, dialect, name);
    this.table = dialect.stored(name.table());
  }

  /**
   * Gives a copy the name of its table, which H2 drops only when the copy is whole; removes a copy
   * beside its table, unless it has rows that the table lacks.
   */
  void finish() throws SQLException {
    List<String> copies = new ArrayList<>();
    boolean there = false;
    Pattern copy = Pattern.compile(Pattern.quote(table) + "_COPY_\\d+_\\d+");
    for (String name : tables()) {
      there |= name.equals(table);
      if (copy.matcher(name).matches()) {
        copies.add(name);
      }
    }
    if (copies.isEmpty()) {
      return;
    }
    if (!there && copies.size() > 1) {
      throw new SQLException(
          table
              + ": the table is gone, and H2 left several copies of it ("
              + String.join(", ", copies)
              + "); rename the one with the most rows to "
              + table);
    }
    try (Statement statement = connection.createStatement()) {
      for (String name : copies) {
        if (!there) {
          statement.execute("ALTER TABLE " + quoted(name) + " RENAME TO " + quote(table));
        } else if (rows(statement, name) <= rows(statement, table)) {
          statement.execute("DROP TABLE " + quoted(name));
        }
      }
    }
  }

  private long rows(Statement statement, String name) throws SQLException {
    try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + quoted(name))) {
      count.next();
      return count.getLong(1);
    }
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?"
                + " AND TABLE_TYPE = 'BASE TABLE'")) {
      select.setString(1, schema);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    return names;
  }

  private String quoted(String name) {
    return quote(schema) + "." + quote(name);
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
