package io.kustomersync.database;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** PostgreSQL. */
public record PostgreSql() implements Database {
  private static final Set<String> SAFE =
      Set.of(
          "applicationname",
          "channelbinding",
          "connecttimeout",
          "currentschema",
          "defaultrowfetchsize",
          "gssencmode",
          "loadbalancehosts",
          "logintimeout",
          "preparethreshold",
          "rewritebatchedinserts",
          "sockettimeout",
          "ssl",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslrootcert",
          "stringtype",
          "targetservertype",
          "tcpkeepalive");

  @Override
  public Set<String> products() {
    return Set.of("PostgreSQL");
  }

  @Override
  public List<String> schemes() {
    return List.of("jdbc:postgresql:");
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

  /** Else whoever takes over would wait for the locks of one that is frozen, for ever. */
  @Override
  public void tune(HikariConfig pool, Duration silence) {
    pool.setConnectionInitSql("SET idle_in_transaction_session_timeout = " + silence.toMillis());
  }

  /** The other clocks stand still within a transaction. */
  @Override
  public String clock() {
    return "SELECT CAST(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000 AS BIGINT)";
  }

  @Override
  public String textType() {
    return "TEXT";
  }

  @Override
  public String bytesType() {
    return "BYTEA";
  }

  @Override
  public ServerSettings settings(Connection connection) throws SQLException {
    List<String> losing = new ArrayList<>();
    List<String> risky = new ArrayList<>();
    if (ServerSettings.setting(connection, "show synchronous_commit").equals("off")) {
      losing.add(
          "synchronous_commit is off, so a crash of the server may lose the last commits; write"
              + " \"alter role "
              + connection.getMetaData().getUserName()
              + " set synchronous_commit = on\"");
    }
    for (String name : List.of("fsync", "full_page_writes")) {
      if (ServerSettings.setting(connection, "show " + name).equals("off")) {
        risky.add(
            name
                + " is off, so a crash of the server's machine may damage the database; switch it"
                + " on in postgresql.conf");
      }
    }
    return new ServerSettings(losing, List.of(), risky);
  }
}
