package io.kustomersync.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** H2 2.x, in a file of this host or in memory. */
public record H2() implements Database {
  private static final String SCHEME = "jdbc:h2:";

  /** Milliseconds that a table's page waits for another's. */
  private static final int PATIENCE = 30_000;

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");

  /** H2's trace file would hold statements and values of failures, in the clear. */
  private static final String NO_TRACE = ";TRACE_LEVEL_FILE=0";

  private static final Set<String> SAFE =
      Set.of(
          "access_mode_data",
          "auto_server",
          "auto_server_port",
          "cache_size",
          "compress",
          "db_close_delay",
          "db_close_on_exit",
          "ifexists",
          "lock_timeout");

  @Override
  public Set<String> products() {
    return Set.of("H2");
  }

  @Override
  public List<String> schemes() {
    return List.of(SCHEME);
  }

  @Override
  public char parametersBegin() {
    return ';';
  }

  @Override
  public String parametersPart() {
    return ";";
  }

  @Override
  public Set<String> safeParameters() {
    return SAFE;
  }

  @Override
  public String address(String rest, Path home) throws UrlRefusal {
    int end = rest.indexOf(';');
    String place = end < 0 ? rest : rest.substring(0, end);
    String parameters = end < 0 ? "" : rest.substring(end);
    if (parameters.indexOf('\\') >= 0) {
      throw new UrlRefusal("holds a backslash among its parameters; remove it");
    }
    String lower = place.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mem:") && lower.indexOf(':', 4) < 0) {
      return "mem:" + place.substring(4) + parameters;
    }
    String path = lower.startsWith("file:") ? place.substring(5) : place;
    if (path.isEmpty() || !DRIVE.matcher(path).matches() && path.indexOf(':') >= 0) {
      throw new UrlRefusal(
          "names an H2 database that is neither a file nor in memory; write jdbc:h2:file:<path> or"
              + " jdbc:h2:mem:<name>");
    }
    try {
      boolean ofUser = path.startsWith("~");
      return "file:" + (ofUser ? path : home.resolve(path).normalize()) + parameters + NO_TRACE;
    } catch (InvalidPathException e) {
      throw new UrlRefusal("names a file that can't be; write jdbc:h2:file:<path>");
    }
  }

  @Override
  public String shown(String url) {
    return url.replace(NO_TRACE, "");
  }

  @Override
  public String defaultUser() {
    return "sa";
  }

  @Override
  public Durability durability(String url) {
    if (url.startsWith("jdbc:h2:mem:")) {
      return Durability.GONE;
    }
    // of a server's file the server takes care
    return H2Shutdown.isFile(url) ? Durability.MAY_GO_BACK : Durability.KEPT;
  }

  /**
   * H2 would close the database when the process is told to end, before the page in hand is
   * written. It insists on that for a database that other processes may join; there the command
   * line's {@code OrderlyStop} is first to hear of the signal. And H2 would give up after 2 s when
   * another process holds a lock; on a busy machine that is soon.
   *
   * <p>H2 writes its maps to the file one after the other while other threads go on changing them.
   * A process killed before the next write leaves parts of transactions behind: rows that are in
   * the table and not in its index, keys that stay locked for ever (h2database issue 2080). So only
   * one thread at a time works on it, by a pool of one connection; and nothing is written but by
   * that thread when it commits, so that on return a commit is on disk.
   *
   * <p>How a file is left at the end: {@link H2Shutdown}. {@code MAX_COMPACT_TIME=0} would not do:
   * with it H2 2.3.232 closes files that it can't open again ("Double mark").
   */
  @Override
  public String poolUrl(String url) {
    String upper = url.toUpperCase(Locale.ROOT);
    boolean ours = !upper.contains("DB_CLOSE_ON_EXIT") && !upper.contains("AUTO_SERVER");
    return url
        + (ours ? ";DB_CLOSE_ON_EXIT=FALSE" : "")
        + (upper.contains("LOCK_TIMEOUT") ? "" : ";LOCK_TIMEOUT=" + PATIENCE)
        + ";WRITE_DELAY=0";
  }

  /** One connection, see {@link #poolUrl}; the last to go would close the file. */
  @Override
  public void tune(HikariConfig pool, Duration silence) {
    pool.setMaximumPoolSize(1);
    pool.setConnectionTimeout(PATIENCE);
    pool.setIdleTimeout(0);
    pool.setMaxLifetime(0);
  }

  @Override
  public void prepare(String url) {
    H2File.make(url); // before H2 makes it
  }

  @Override
  public void leave(HikariDataSource pool) {
    H2Shutdown.of(pool);
  }

  @Override
  public String clock() {
    return "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
  }

  @Override
  public String textType() {
    return "CLOB";
  }

  @Override
  public String bytesType() {
    return "BLOB";
  }
}
