package io.kustomersync.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What a sink stored where we can look: the database and the folder it was given. */
final class Store {

  private final DataSource database;
  private final Path folder;

  Store(DataSource database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  /** Place → content. Equal when the same is stored. */
  record Snapshot(Map<String, List<String>> tables, Map<String, List<String>> files) {
    boolean isEmpty() {
      return tables.isEmpty() && files.isEmpty();
    }
  }

  Snapshot snapshot() throws SQLException, IOException {
    return new Snapshot(tables(), files());
  }

  /** Whether these ids are all stored, as plain text. */
  boolean holds(Set<String> ids) throws SQLException, IOException {
    Snapshot now = snapshot();
    String all = now.tables() + " " + now.files();
    return TestRows.idsIn(all).containsAll(ids);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, List<String>> tables() throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : names(connection)) {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
          int columns = found.getMetaData().getColumnCount();
          while (found.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
              row.append(found.getString(i)).append('|');
            }
            rows.add(row.toString());
          }
        }
        rows.sort(null);
        tables.put(table, rows);
      }
    }
    return tables;
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
      while (found.next()) {
        names.add('"' + found.getString("TABLE_NAME").replace("\"", "\"\"") + '"');
      }
    }
    return names;
  }

  /** The new files that have the name of one of those and only a part of it, from its beginning. */
  Set<String> halves(Snapshot whole, Snapshot before) throws IOException {
    Set<String> halves = new TreeSet<>();
    for (Map.Entry<String, List<String>> file : files().entrySet()) {
      List<String> all = whole.files().get(file.getKey());
      if (all != null
          && !before.files().containsKey(file.getKey())
          && size(file.getValue()) < size(all)) {
        halves.add(file.getKey());
      }
    }
    return halves;
  }

  private static long size(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }

  /** Bytes as text in one-byte characters: only to compare and to look for ids in. */
  private Map<String, List<String>> files() throws IOException {
    Map<String, List<String>> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        // A list of files may be in any order.
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
        lines.sort(null);
        contents.put(folder.relativize(file).toString(), lines);
      }
    }
    return contents;
  }
}
