package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

  private static final String NONE = "";

  public ServerSettings {
    losing = List.copyOf(losing);
    breaking = List.copyOf(breaking);
    risky = List.copyOf(risky);
  }

  /** As they are for this connection's user. H2 has none that a URL we take could set. */
  public static ServerSettings of(Connection connection) throws SQLException {
    return switch (connection.getMetaData().getDatabaseProductName()) {
      case "PostgreSQL" -> ofPostgres(connection);
      case "MariaDB", "MySQL" -> ofMariaDb(connection);
      default -> new ServerSettings(List.of(), List.of(), List.of());
    };
  }

  private static ServerSettings ofPostgres(Connection connection) throws SQLException {
    List<String> losing = new ArrayList<>();
    List<String> risky = new ArrayList<>();
    if (setting(connection, "show synchronous_commit").equals("off")) {
      losing.add(
          "synchronous_commit is off, so a crash of the server may lose the last commits; write"
              + " \"alter role "
              + connection.getMetaData().getUserName()
              + " set synchronous_commit = on\"");
    }
    for (String name : List.of("fsync", "full_page_writes")) {
      if (setting(connection, "show " + name).equals("off")) {
        risky.add(
            name
                + " is off, so a crash of the server's machine may damage the database; switch it"
                + " on in postgresql.conf");
      }
    }
    return new ServerSettings(losing, List.of(), risky);
  }

  private static ServerSettings ofMariaDb(Connection connection) throws SQLException {
    List<String> losing = new ArrayList<>();
    List<String> breaking = new ArrayList<>();
    List<String> risky = new ArrayList<>();
    String flush = setting(connection, "select @@innodb_flush_log_at_trx_commit");
    if (!flush.equals("1") && !flush.equals("3")) {
      losing.add(
          "innodb_flush_log_at_trx_commit is "
              + flush
              + ", so a crash of the server may lose the last commits; set it to 1");
    }
    if (setting(connection, "select @@innodb_doublewrite").matches("(?i)0|off")) {
      risky.add(
          "innodb_doublewrite is off, so a crash of the server's machine may damage the database;"
              + " switch it on");
    }
    for (String table : withoutTransactions(connection)) {
      breaking.add(
          "the table "
              + table
              + " has no transactions, so a page may be there by half; write \"alter table "
              + table
              + " engine = InnoDB\"");
    }
    return new ServerSettings(losing, breaking, risky);
  }

  /** Ours are known by a column that no one else has. */
  private static List<String> withoutTransactions(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select t.table_schema, t.table_name from information_schema.tables t"
                    + " join information_schema.engines e on e.engine = t.engine"
                    + " where t.table_type = 'BASE TABLE' and e.transactions <> 'YES'"
                    + " and (t.table_name like 'kustomer\\_sync\\_%' or exists"
                    + " (select 1 from information_schema.columns c where"
                    + " c.table_schema = t.table_schema and c.table_name = t.table_name"
                    + " and c.column_name = 'synced_at')) order by 1, 2");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1) + "." + rows.getString(2));
      }
    }
    return tables;
  }

  private static String setting(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? NONE : value;
    }
  }
}
