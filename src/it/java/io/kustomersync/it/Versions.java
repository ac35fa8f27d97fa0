package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Records as {@code id rev deleted}, in order; one that is there twice is in the list twice. */
final class Versions {

  private Versions() {}

  /** The newest version of each record that Kustomer shows. */
  static List<String> of(SandboxKustomer kustomer, String kind) {
    return kustomer.journal(kind).stream()
        .filter(JournalEntry::findable)
        .map(entry -> of(entry.id(), entry.rev(), entry.deleted()))
        .sorted()
        .toList();
  }

  static String of(String id, long rev, boolean deleted) {
    return id + " " + rev + " " + deleted;
  }

  /** Waits until the table holds just these. */
  static void awaitIn(String url, String user, String table, List<String> expected) {
    await()
        .atMost(KarafServer.LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(in(url, user, table)).isEqualTo(expected));
  }

  private static List<String> in(String url, String user, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select id, rev, deleted from " + table)) {
      while (found.next()) {
        rows.add(of(found.getString(1), found.getLong(2), found.getBoolean(3)));
      }
    }
    return rows.stream().sorted().toList();
  }
}
