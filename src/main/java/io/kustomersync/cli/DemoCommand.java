package io.kustomersync.cli;

import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.settings.DatabaseAddress;
import io.kustomersync.settings.JdbcUrl;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Shows it at work without an account: starts a small Kustomer on this host, syncs it into"
            + " an H2 database and prints the first rows.")
final class DemoCommand implements Callable<Integer> {
  /** Table → columns that tell most and fit in 80 cells. */
  private static final Map<String, String> SHOWN = shown();

  private static final int ROWS = 5;

  private final CommandContext context;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where the database is made. Default: a new temporary folder.")
  private Path dir;

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Path place = dir == null ? Files.createTempDirectory("kustomer-sync-demo") : dir;
    try (SandboxKustomer kustomer = SandboxKustomer.start(SandboxOptions.demo())) {
      Settings settings = settings(place.toAbsolutePath(), kustomer.url());
      boolean done;
      try (OrderlyStop stop = new OrderlyStop(context, settings, OptionalInt.empty())) {
        done =
            new SyncOnce(stop.connector(), context)
                .run(TableChoice.choose(List.of(), settings, stop.connector().source()));
      }
      show(settings.storage().database());
      context.terminal().say("");
      context.terminal().say("The database stays. To ask it yourself:");
      context
          .terminal()
          .say(
              "  java -cp '"
                  + context.home().resolve("lib")
                  + "/*' org.h2.tools.Shell -user sa -url "
                  + JdbcUrl.shown(settings.storage().database().url()));
      return done ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("customers", "id, display_name, custom_loyalty_tier_str, updated_at");
    shown.put("conversations", "id, status, direction, message_count, updated_at");
    shown.put("kobject_order", "id, title, custom_total_price_num, updated_at");
    return shown;
  }

  /** Neither the user's settings nor the real token have a part in this. */
  private Settings settings(Path place, String url) {
    return new SettingsReader(
            place,
            Map.of("KUSTOMER_API_TOKEN", "sandbox-token"),
            context.clock(),
            context.terminal()::tell)
        .read(
            List.of(
                "kustomer.url=" + url,
                "kustomer.routes=" + context.home().resolve("routes"),
                "kustomer.start-date=2017-01-25",
                "kustomer.database.url=jdbc:h2:file:" + place.resolve("kustomer")),
            java.util.Set.of());
  }

  private void show(DatabaseAddress database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "")) {
      for (Map.Entry<String, String> shown : SHOWN.entrySet()) {
        show(connection, shown.getValue(), shown.getKey());
      }
    }
  }

  private void show(Connection connection, String columns, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String query =
          "select " + columns + " from " + table + " order by updated_at desc limit " + ROWS;
      context.terminal().say("");
      context.terminal().say("> " + query);
      try (ResultSet rows = statement.executeQuery(query)) {
        context.terminal().show(table(rows));
      }
      try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
        count.next();
        context.terminal().say(String.format(Locale.ROOT, "(of %,d rows)", count.getLong(1)));
      }
    }
  }

  private static TextTable table(ResultSet rows) throws SQLException {
    List<Heading> headings = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    for (int i = 1; i <= columns; i++) {
      String name = rows.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
      int type = rows.getMetaData().getColumnType(i);
      boolean number = type == Types.BIGINT || type == Types.DECIMAL || type == Types.NUMERIC;
      headings.add(new Heading(name, number, RowTable.rank(name)));
    }
    List<List<String>> cells = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        String text = rows.getString(i);
        row.add(text == null ? "" : text);
      }
      cells.add(row);
    }
    return new TextTable(headings, cells);
  }
}
