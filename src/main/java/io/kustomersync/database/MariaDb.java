package io.kustomersync.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** MariaDB, and MySQL by MariaDB's driver. */
public record MariaDb() implements Database {
  private static final String MYSQL = "MySQL";
  private static final Set<String> SAFE =
      Set.of(
          "cacheprepstmts",
          "characterencoding",
          "connectioncollation",
          "connectiontimezone",
          "connecttimeout",
          "forceconnectiontimezonetosession",
          "permitmysqlscheme",
          "prepstmtcachesize",
          "prepstmtcachesqllimit",
          "rewritebatchedstatements",
          "serversslcert",
          "servertimezone",
          "sockettimeout",
          "sslmode",
          "tcpkeepalive",
          "timezone",
          "usebulkstmts",
          "usecompression",
          "useserverprepstmts",
          "usessl",
          "useunicode");

  /** Whether the server is MySQL's own. */
  public static boolean isMySql(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals(MYSQL);
  }

  @Override
  public Set<String> products() {
    return Set.of("MariaDB", MYSQL);
  }

  @Override
  public List<String> schemes() {
    return List.of("jdbc:mariadb:", "jdbc:mysql:");
  }

  @Override
  public char parametersBegin() {
    return '?';
  }

  @Override
  public String parametersPart() {
    return "[&;]";
  }

  @Override
  public Set<String> safeParameters() {
    return SAFE;
  }

  @Override
  public String address(String rest, Path home) throws UrlRefusal {
    return ServerAddress.check(rest);
  }

  /** Local time has an hour twice each autumn. */
  @Override
  public String clock() {
    return "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000";
  }

  @Override
  public String textType() {
    return "LONGTEXT";
  }

  @Override
  public String bytesType() {
    return "LONGBLOB";
  }

  /**
   * They would take the database's own: a charset which may be a narrow one, or mix up case, and an
   * engine which may have no transactions, so that nothing would keep an overtaken process from
   * writing.
   */
  @Override
  public String tableOptions() {
    return " ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin";
  }

  @Override
  public ServerSettings settings(Connection connection) throws SQLException {
    List<String> losing = new ArrayList<>();
    List<String> breaking = new ArrayList<>();
    List<String> risky = new ArrayList<>();
    String flush = ServerSettings.setting(connection, "select @@innodb_flush_log_at_trx_commit");
    if (!flush.equals("1") && !flush.equals("3")) {
      losing.add(
          "innodb_flush_log_at_trx_commit is "
              + flush
              + ", so a crash of the server may lose the last commits; set it to 1");
    }
    if (ServerSettings.setting(connection, "select @@innodb_doublewrite").matches("(?i)0|off")) {
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
}
