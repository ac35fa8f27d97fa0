package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what a database holds with the sandbox's own journal, as multisets. */
final class Truth {
  private Truth() {}

  /** A record's version, as one line; a list rather than a set, so that doubles show. */
  static List<String> kustomer(SandboxKustomer kustomer, String kind) {
    List<String> versions = new ArrayList<>();
    for (JournalEntry entry : kustomer.journal(kind)) {
      if (!isUnseen(entry)) {
        versions.add(entry.id() + " " + entry.rev() + " " + entry.deleted());
      }
    }
    versions.sort(null);
    return versions;
  }

  /**
   * Deleted where neither search nor list reports it (some custom objects): only audit can tell.
   */
  private static boolean isUnseen(JournalEntry entry) {
    return entry.deleted() && !entry.findable();
  }

  private static Set<String> unseen(SandboxKustomer kustomer, String kind) {
    return kustomer.journal(kind).stream()
        .filter(Truth::isUnseen)
        .map(JournalEntry::id)
        .collect(Collectors.toSet());
  }

  static List<String> sink(Connection connection, String table) throws SQLException {
    List<String> versions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id, rev, deleted from " + table)) {
      while (rows.next()) {
        versions.add(rows.getString(1) + " " + rows.getLong(2) + " " + rows.getBoolean(3));
      }
    }
    versions.sort(null);
    return versions;
  }

  /** What is lost and doubled, per table; empty when all is equal. */
  static Map<String, String> differences(
      SandboxKustomer kustomer, Connection connection, List<String> tables) throws SQLException {
    Map<String, String> differences = new TreeMap<>();
    for (String table : tables) {
      List<String> expected = kustomer(kustomer, table);
      Set<String> unseen = unseen(kustomer, table);
      List<String> found = sink(connection, table);
      found.removeIf(version -> unseen.contains(version.substring(0, version.indexOf(' '))));
      if (!expected.equals(found)) {
        List<String> lost = new ArrayList<>(expected);
        found.forEach(lost::remove);
        List<String> more = new ArrayList<>(found);
        expected.forEach(more::remove);
        differences.put(table, "lost or old: " + lost + ", doubled or unknown: " + more);
      }
    }
    return differences;
  }

  static void mustHold(SandboxKustomer kustomer, Connection connection, List<String> tables)
      throws SQLException {
    assertThat(differences(kustomer, connection, tables)).isEmpty();
    assertThat(kustomer.violations()).isEmpty();
  }
}
