package io.kustomersync.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.database.DatabaseSink;
import io.kustomersync.sink.database.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * Measures ways to bring a page into PostgreSQL, MariaDB and H2: 26 columns, about 1.5 KB a row,
 * 500 rows a page, one transaction a page; and the sink as it is shipped, with all it does besides.
 * Run it with {@code java -cp <test class path> io.kustomersync.sink.UpsertBenchmark [rows
 * [postgresql|mariadb|h2]]}; docs/evidence/performance.md says how.
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
    if (arguments.length < 2 || arguments[1].equals("h2")) {
      h2(rows);
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
        shipped("PostgreSQL, the sink as shipped", url, postgres.user(), rows);
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
        shipped("MariaDB, the sink as shipped", url, mariadb.user(), rows);
      }
    }
  }

  private static void h2(int rows) throws Exception {
    String url = "jdbc:h2:file:" + Files.createTempDirectory("upsert-benchmark").resolve("data");
    for (int round = 0; round < 2; round++) {
      measure("H2 batch, a guarded MERGE a row", url, "sa", rows, create("h2"), h2Merge());
      measure("H2 look, then insert and update", url, "sa", rows, create("h2"), h2Look());
      shipped("H2, the sink as shipped", url, "sa", rows);
    }
  }

  private static void measure(String name, String url, TestServer server, int rows, Way way)
      throws Exception {
    String kind = server.kind() == TestServer.Kind.POSTGRESQL ? "postgresql" : "mariadb";
    measure(name, url, server.user(), rows, create(kind), way);
  }

  private static void measure(
      String name, String url, String user, int rows, String create, Way way) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists measured");
      statement.execute(create);
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

  /** With all that it does besides: looking at the table, cells of each type, H2's forced write. */
  private static void shipped(String name, String url, String user, int rows) throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(url);
      pool.setUsername(user);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("drop table if exists shipped");
      }
      DatabaseSink sink = new DatabaseSink(pool);
      double inserts = run(sink, rows, 1);
      double updates = run(sink, rows, 2);
      System.out.printf(
          Locale.ROOT, "%-40s %,9.0f inserted/s %,9.0f updated/s%n", name, inserts, updates);
    }
  }

  private static double run(DatabaseSink sink, int rows, int rev) throws SQLException {
    TableSchema schema =
        new TableSchema(
            "shipped",
            COLUMNS.stream()
                .map(name -> new Column(name, type(name), "attributes." + name))
                .toList());
    long taken = 0;
    for (int from = 0; from < rows; from += PAGE) {
      List<Map<String, Object>> page = new ArrayList<>();
      for (Object[] cells : page(from, rev)) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
          ColumnType type = type(COLUMNS.get(i));
          Object value =
              type == ColumnType.TIMESTAMP
                  ? OffsetDateTime.parse(cells[i].toString())
                  : type == ColumnType.DECIMAL ? new BigDecimal(cells[i].toString()) : cells[i];
          row.put(COLUMNS.get(i), value);
        }
        page.add(row);
      }
      long begin = System.nanoTime();
      sink.write(schema, page);
      taken += System.nanoTime() - begin;
    }
    return rows / (taken / 1e9);
  }

  private static ColumnType type(String column) {
    return switch (column) {
      case "updated_at", "created_at" -> ColumnType.TIMESTAMP;
      case "rev" -> ColumnType.INTEGER;
      case "deleted" -> ColumnType.BOOLEAN;
      case "amount" -> ColumnType.DECIMAL;
      case "emails" -> ColumnType.JSON;
      default -> ColumnType.TEXT;
    };
  }

  private static Way h2Merge() {
    String columns =
        COLUMNS.stream()
            .map(c -> "cast(? as " + h2Type(c) + ") " + c)
            .collect(Collectors.joining(", "));
    String sets =
        COLUMNS.stream().skip(1).map(c -> c + " = p." + c).collect(Collectors.joining(", "));
    String values = COLUMNS.stream().map(c -> "p." + c).collect(Collectors.joining(", "));
    return forced(
        batch(
            "merge into measured s using (select "
                + columns
                + ") p on s.id = p.id when matched and (s.updated_at < p.updated_at or s.updated_at"
                + " = p.updated_at and s.rev <= p.rev) then update set "
                + sets
                + " when not matched then insert values ("
                + values
                + ")"));
  }

  private static Way h2Look() {
    String insert = "insert into measured values " + places();
    String update =
        "update measured set "
            + COLUMNS.stream().skip(1).map(c -> c + " = ?").collect(Collectors.joining(", "))
            + " where id = ? and (updated_at < ? or updated_at = ? and rev <= ?)";
    return forced(
        (connection, page) -> {
          try (PreparedStatement look =
                  connection.prepareStatement("select updated_at, rev from measured where id = ?");
              PreparedStatement inserts = connection.prepareStatement(insert);
              PreparedStatement updates = connection.prepareStatement(update)) {
            for (Object[] row : page) {
              look.setObject(1, row[0]);
              boolean there;
              try (ResultSet found = look.executeQuery()) {
                there = found.next();
              }
              if (!there) {
                bind(inserts, 1, row);
                inserts.addBatch();
              } else {
                for (int i = 1; i < row.length; i++) {
                  updates.setObject(i, row[i]);
                }
                updates.setObject(row.length, row[0]);
                updates.setObject(row.length + 1, row[1]);
                updates.setObject(row.length + 2, row[1]);
                updates.setObject(row.length + 3, row[2]);
                updates.addBatch();
              }
            }
            inserts.executeBatch();
            updates.executeBatch();
          }
        });
  }

  /** As the sink does, since H2 writes what is committed up to half a second later. */
  private static Way forced(Way way) {
    return (connection, page) -> {
      way.write(connection, page);
      connection.commit();
      try (Statement statement = connection.createStatement()) {
        statement.execute("checkpoint sync");
      }
    };
  }

  private static String h2Type(String column) {
    return switch (column) {
      case "id" -> "varchar(512)";
      case "updated_at", "created_at" -> "timestamp(9) with time zone";
      case "rev" -> "bigint";
      case "deleted" -> "boolean";
      case "amount" -> "decfloat";
      default -> "varchar";
    };
  }

  private static String create(String kind) {
    if (kind.equals("h2")) {
      return COLUMNS.stream()
          .map(c -> c + " " + h2Type(c) + (c.equals("id") ? " primary key" : ""))
          .collect(Collectors.joining(", ", "create table measured (", ")"));
    }
    boolean postgres = kind.equals("postgresql");
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
      } else if (time && !connectionIsH2(statement)) {
        statement.setObject(at + i, ((String) value).replace("Z", "").replace('T', ' '));
      } else {
        statement.setObject(at + i, value);
      }
    }
  }

  private static boolean connectionIsH2(PreparedStatement statement) throws SQLException {
    return statement.getConnection().getMetaData().getURL().startsWith("jdbc:h2:");
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
