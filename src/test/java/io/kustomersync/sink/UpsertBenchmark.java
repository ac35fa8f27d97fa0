package io.kustomersync.sink;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * Measures ways to bring a page into PostgreSQL and MariaDB: 26 columns, about 1.5 KB a row, 500
 * rows a page, one transaction a page. Run it with {@code java -cp <test class path>
 * io.kustomersync.sink.UpsertBenchmark [rows [postgresql|mariadb]]}; docs/performance.md says how.
 */
public final class UpsertBenchmark {

  private static final int PAGE = 500;
  private static final int TEXTS = 18;
  private static final List<String> COLUMNS = columns();

  /** Writes one page. */
  private interface Way {
    void write(Connection connection, List<Object[]> page) throws SQLException, IOException;
  }

  private UpsertBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    if (arguments.length < 2 || arguments[1].equals("postgresql")) {
      postgres(rows);
    }
    if (arguments.length < 2 || arguments[1].equals("mariadb")) {
      mariadb(rows);
    }
  }

  private static void postgres(int rows) throws Exception {
    try (TestServer postgres = TestServer.postgres()) {
      String url = postgres.url();
      String rewriting = url + (url.contains("?") ? "&" : "?") + "reWriteBatchedInserts=true";
      for (int round = 0; round < 2; round++) {
        measure("PostgreSQL batch, a statement a row", url, postgres, rows, batch(postgresRow()));
        measure("PostgreSQL batch, rewritten", rewriting, postgres, rows, batch(postgresRow()));
        for (int together : new int[] {32, 128, 500}) {
          measure(
              "PostgreSQL rows in one VALUES, " + together,
              url,
              postgres,
              rows,
              values(together, UpsertBenchmark::postgresUpsert));
        }
        measure("PostgreSQL arrays with unnest", url, postgres, rows, UpsertBenchmark::unnest);
        measure("PostgreSQL COPY, then merge", url, postgres, rows, UpsertBenchmark::copy);
      }
    }
  }

  private static void mariadb(int rows) throws Exception {
    try (TestServer mariadb = TestServer.mariadb()) {
      String url = mariadb.url();
      for (int round = 0; round < 2; round++) {
        measure("MariaDB batch, a statement a row", url, mariadb, rows, batch(mariadbRow()));
        measure(
            "MariaDB batch, bulk protocol",
            url + "&useBulkStmts=true&useServerPrepStmts=true",
            mariadb,
            rows,
            batch(mariadbRow()));
        for (int together : new int[] {32, 128, 500}) {
          measure(
              "MariaDB rows in one VALUES, " + together,
              url,
              mariadb,
              rows,
              values(together, UpsertBenchmark::mariadbUpsert));
        }
      }
    }
  }

  private static void measure(String name, String url, TestServer server, int rows, Way way)
      throws Exception {
    try (Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists measured");
      statement.execute(create(server.kind() == TestServer.Kind.POSTGRESQL));
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      double inserts = run(connection, rows, 1, way);
      double updates = run(connection, rows, 2, way);
      System.out.printf(
          Locale.ROOT, "%-40s %,9.0f inserted/s %,9.0f updated/s%n", name, inserts, updates);
    }
  }

  private static double run(Connection connection, int rows, int rev, Way way) throws Exception {
    long taken = 0;
    for (int from = 0; from < rows; from += PAGE) {
      List<Object[]> page = page(from, rev);
      long begin = System.nanoTime();
      way.write(connection, page);
      connection.commit();
      taken += System.nanoTime() - begin;
    }
    return rows / (taken / 1e9);
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("id", "updated_at", "rev", "deleted"));
    IntStream.range(0, TEXTS).forEach(i -> columns.add("text" + i));
    columns.addAll(List.of("amount", "emails", "created_at", "raw"));
    return columns;
  }

  private static List<Object[]> page(int from, int rev) {
    List<Object[]> page = new ArrayList<>();
    for (int i = from; i < from + PAGE; i++) {
      List<Object> row = new ArrayList<>();
      // spread over the index, as Kustomer's ids of different years are
      row.add(String.format(Locale.ROOT, "%08x%016x", Integer.reverse(i), i));
      row.add("2025-03-0" + rev + "T09:00:00.123Z");
      row.add((long) rev);
      row.add(false);
      for (int text = 0; text < TEXTS; text++) {
        row.add("value " + text + " of row " + i);
      }
      row.add("12.5");
      row.add("[{\"type\":\"home\",\"email\":\"row" + i + "@example.com\",\"verified\":true}]");
      row.add("2025-01-01T00:00:00Z");
      row.add("{\"type\":\"customer\",\"text\":\"" + "abcdefghij".repeat(90) + "\"}");
      page.add(row.toArray());
    }
    return page;
  }

  private static String create(boolean postgres) {
    String text = postgres ? "text" : "longtext";
    return COLUMNS.stream()
        .map(
            column ->
                column
                    + " "
                    + switch (column) {
                      case "id" -> postgres ? "text primary key" : "varchar(512) primary key";
                      case "updated_at", "created_at" -> postgres ? "timestamptz" : "datetime(6)";
                      case "rev" -> "bigint";
                      case "deleted" -> "boolean";
                      case "amount" -> postgres ? "numeric" : "decimal(65,30)";
                      case "emails" -> postgres ? "jsonb" : text;
                      default -> text;
                    })
        .collect(Collectors.joining(", ", "create table measured (", ")"));
  }

  private static String postgresUpsert(String source) {
    String sets =
        COLUMNS.stream().skip(1).map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
    return "insert into measured as s ("
        + String.join(", ", COLUMNS)
        + ") "
        + source
        + " on conflict (id) do update set "
        + sets
        + " where case when excluded.updated_at < s.updated_at then false"
        + " when excluded.updated_at > s.updated_at then true"
        + " when excluded.rev < s.rev then false else true end";
  }

  private static String mariadbUpsert(String source) {
    String guard =
        "case when values(updated_at) < updated_at then false"
            + " when values(updated_at) > updated_at then true"
            + " when values(rev) < rev then false else true end";
    List<String> order = new ArrayList<>(COLUMNS);
    order.removeAll(List.of("id", "rev", "updated_at"));
    order.addAll(List.of("rev", "updated_at"));
    return "insert into measured ("
        + String.join(", ", COLUMNS)
        + ") "
        + source
        + " on duplicate key update "
        + order.stream()
            .map(c -> c + " = if(" + guard + ", values(" + c + "), " + c + ")")
            .collect(Collectors.joining(", "));
  }

  private static String places() {
    return "(?" + ", ?".repeat(COLUMNS.size() - 1) + ")";
  }

  private static String postgresRow() {
    return postgresUpsert("values " + places());
  }

  private static String mariadbRow() {
    return mariadbUpsert("values " + places());
  }

  private static void bind(PreparedStatement statement, int at, Object[] row) throws SQLException {
    boolean postgres = statement.getConnection().isWrapperFor(PGConnection.class);
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      boolean time = COLUMNS.get(i).endsWith("_at");
      if (postgres && value instanceof String) {
        statement.setObject(at + i, value, Types.OTHER);
      } else if (time) {
        statement.setObject(at + i, ((String) value).replace("Z", "").replace('T', ' '));
      } else {
        statement.setObject(at + i, value);
      }
    }
  }

  private static Way batch(String sql) {
    return (connection, page) -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (Object[] row : page) {
          bind(statement, 1, row);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    };
  }

  private static Way values(int together, Function<String, String> upsert) {
    return (connection, page) -> {
      for (int from = 0; from < page.size(); from += together) {
        List<Object[]> rows = page.subList(from, Math.min(page.size(), from + together));
        String sql = upsert.apply("values " + places() + (", " + places()).repeat(rows.size() - 1));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          for (int i = 0; i < rows.size(); i++) {
            bind(statement, 1 + i * COLUMNS.size(), rows.get(i));
          }
          statement.executeUpdate();
        }
      }
    };
  }

  private static String postgresType(String column) {
    return switch (column) {
      case "updated_at", "created_at" -> "timestamptz";
      case "rev" -> "bigint";
      case "deleted" -> "boolean";
      case "amount" -> "numeric";
      case "emails" -> "jsonb";
      default -> "text";
    };
  }

  private static void unnest(Connection connection, List<Object[]> page) throws SQLException {
    String names = String.join(", ", COLUMNS);
    String arrays = "?::text[]" + ", ?::text[]".repeat(COLUMNS.size() - 1);
    String casts =
        COLUMNS.stream().map(c -> c + "::" + postgresType(c)).collect(Collectors.joining(", "));
    String sql =
        postgresUpsert("select " + casts + " from unnest(" + arrays + ") as p(" + names + ")");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < COLUMNS.size(); i++) {
        String[] values = new String[page.size()];
        for (int row = 0; row < values.length; row++) {
          values[row] = page.get(row)[i].toString();
        }
        Array array = connection.createArrayOf("text", values);
        statement.setArray(i + 1, array);
      }
      statement.executeUpdate();
    }
  }

  private static void copy(Connection connection, List<Object[]> page)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table if not exists staged (like measured) on commit delete rows");
      StringBuilder text = new StringBuilder();
      for (Object[] row : page) {
        for (int i = 0; i < row.length; i++) {
          text.append(i == 0 ? "" : "\t");
          text.append(row[i].toString().replace("\\", "\\\\").replace("\t", "\\t"));
        }
        text.append('\n');
      }
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy staged from stdin", new StringReader(text.toString()));
      statement.executeUpdate(postgresUpsert("select * from staged"));
    }
  }
}
