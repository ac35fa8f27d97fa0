package io.kustomersync.it.fire;

import io.kustomersync.sink.database.TestServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Where a campaign's rows go, and where its checkpoints: a database of its own.
 *
 * @param name for people
 */
record CampaignDatabase(String name, Place rows, Place checkpoints) {

  /** One database; all that is in it is the campaign's. */
  record Place(String url, String user) {
    static Place h2(Path file) {
      return new Place("jdbc:h2:file:" + file, "sa");
    }

    static Place on(TestServer server, String database) throws SQLException {
      try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + database);
      }
      String url = server.url().replaceFirst("/\\w+(\\?.*)?$", "/" + database + "$1");
      return new Place(url.replaceFirst("\\?user=\\w+$", ""), server.user());
    }

    boolean isH2() {
      return url.startsWith("jdbc:h2:");
    }

    /** An H2 file is left as the product leaves it: H2 itself could spoil it by closing it. */
    Connection connect() throws SQLException {
      Connection connection = DriverManager.getConnection(url, user, "");
      return isH2() ? leavingTheFileAsItIs(connection) : connection;
    }

    private static Connection leavingTheFileAsItIs(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              Place.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("SHUTDOWN IMMEDIATELY");
                  }
                  return null;
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    /**
     * An H2 file is deleted: of one made empty, H2 could bring an older state back after a kill.
     */
    void clear() throws SQLException, IOException {
      if (isH2()) {
        Files.delete(Path.of(url.substring("jdbc:h2:file:".length()) + ".mv.db"));
        return;
      }
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        String schema = url.startsWith("jdbc:postgresql:") ? "public" : connection.getCatalog();
        String all = url.startsWith("jdbc:postgresql:") ? " cascade" : "";
        statement.execute("drop schema " + schema + all);
        statement.execute("create schema " + schema);
      }
    }
  }

  static CampaignDatabase h2(Path folder) {
    Place both = Place.h2(folder.resolve("db"));
    return new CampaignDatabase("H2", both, both);
  }

  static CampaignDatabase postgres(String database) throws Exception {
    Place both = Place.on(TestServer.shared(TestServer.Kind.POSTGRESQL), database);
    return new CampaignDatabase("PostgreSQL", both, both);
  }

  static CampaignDatabase mariadb(String database) throws Exception {
    Place both = Place.on(TestServer.shared(TestServer.Kind.MARIADB), database);
    return new CampaignDatabase("MariaDB", both, both);
  }

  /** No transaction spans the two. */
  static CampaignDatabase apart(String database, Path folder) throws Exception {
    return new CampaignDatabase(
        "PostgreSQL, checkpoints in H2",
        Place.on(TestServer.shared(TestServer.Kind.POSTGRESQL), database),
        Place.h2(folder.resolve("checkpoints")));
  }

  void choose(Program program) {
    program
        .set("kustomer.database.url", rows.url)
        .set("kustomer.database.user", rows.user)
        .set("kustomer.checkpoint.url", checkpoints.url)
        .set("kustomer.checkpoint.user", checkpoints.user);
  }

  /** The points that {@link KillPoint} can be told, of those that this database comes to. */
  List<String> points() {
    List<String> points =
        new ArrayList<>(
            List.of(
                "before-acceptPage",
                "after-makeRows",
                "rows-under-way",
                "inside-transaction-of-rows",
                "before-commit-of-rows",
                "after-commit-of-rows",
                "before-saveCheckpoint",
                "after-saveCheckpoint"));
    if (rows.isH2()) {
      points.add("row");
    }
    if (rows.equals(checkpoints)) {
      points.add("inside-transaction-of-checkpoint");
      points.add("before-commit-of-checkpoint");
      points.add("after-commit-of-checkpoint");
    }
    return points;
  }

  /** Makes {@code row} one of the points, in those tables that there are. */
  void watchRows(List<String> tables) throws SQLException {
    if (!rows.isH2()) {
      return;
    }
    try (Connection connection = rows.connect();
        Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute(
            "create trigger if not exists kill_%s after insert, update on %s for each row call '%s'"
                .formatted(table, table, KillTrigger.class.getName()));
      }
    }
  }

  /** Nothing is in it any more, as before the first start. */
  void clear() throws SQLException, IOException {
    for (Place place : new LinkedHashSet<>(List.of(rows, checkpoints))) {
      place.clear();
    }
  }

  /** Of transactions cut off, which the next start should have committed or undone. */
  List<String> leftovers() throws Exception {
    List<String> found = new ArrayList<>();
    for (Place place : new LinkedHashSet<>(List.of(rows, checkpoints))) {
      if (place.isH2()) {
        try (Connection connection = place.connect()) {
          found.addAll(Leftovers.in(connection));
        }
      }
    }
    return found;
  }

  int quarantined() throws SQLException {
    try (Connection connection = checkpoints.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select count(*) from kustomer_sync_quarantine")) {
      found.next();
      return found.getInt(1);
    }
  }
}
