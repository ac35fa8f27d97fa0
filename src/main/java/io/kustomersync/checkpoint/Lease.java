package io.kustomersync.checkpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process to work on a resource's checkpoints: a row with a random token, renewed
 * by a thread of its own. It ends by the database's clock, or at once when its holder is a process
 * of this machine that is gone.
 *
 * <p>Who was frozen and overtaken can't write afterwards: every write to the store checks the token
 * in its own transaction ({@link #fence}). Thread-safe.
 */
public final class Lease implements AutoCloseable {

  /** How long a lease lasts unless renewed. */
  public static final Duration TERM = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final int RENEWALS_A_TERM = 6;
  private static final int TRIES = 5;
  private static final String SELECT =
      "SELECT token, host, machine, pid, started, since_ms, expires_ms FROM kustomer_sync_lease"
          + " WHERE resource = ? FOR UPDATE";

  /**
   * Tokens that this process wrote in transactions that failed; where only the answer to the commit
   * was lost they stand in the database. Nobody works by them. Few: a connection must break at that
   * very moment.
   */
  private static final Set<String> UNANSWERED = ConcurrentHashMap.newKeySet();

  private final Clock clock;
  private final JdbcStore store;
  private final String resource;
  private final Duration term;
  private final Consumer<LeaseException> onLoss;
  private volatile String token;
  private volatile boolean givenBack;
  private String written; // the last token that may stand in the database
  private final AtomicReference<LeaseException> loss = new AtomicReference<>();
  private volatile Renewal renewed;
  private ScheduledExecutorService renewals;

  /** When it was, by two clocks of which each can miss something. */
  private record Renewal(long nanos, Instant time) {}

  /** A row of the lease's table. */
  private record Row(String token, LeaseHolder holder, long expires) {}

  /**
   * Takes nothing yet.
   *
   * @param term how long it lasts unless renewed; renewed six times as often
   * @param onLoss told once, when another process has overtaken this one
   */
  public Lease(JdbcStore store, String resource, Duration term, Consumer<LeaseException> onLoss) {
    this(store, resource, term, Clock.systemUTC(), onLoss);
  }

  /**
   * As above.
   *
   * @param clock tells of a machine that was suspended, during which Java's timer stands still
   */
  public Lease(
      JdbcStore store,
      String resource,
      Duration term,
      Clock clock,
      Consumer<LeaseException> onLoss) {
    this.clock = clock;
    this.store = store;
    this.resource = resource;
    this.term = term;
    this.onLoss = onLoss;
  }

  /**
   * Takes it, if this process does not hold it yet.
   *
   * @return who holds it instead; empty when this process does
   * @throws LeaseException when this process held it and was overtaken
   */
  public synchronized Optional<LeaseHolder> take() {
    if (token != null) {
      requireHeld();
      return Optional.empty();
    }
    Renewal begin = new Renewal(System.nanoTime(), clock.instant());
    Optional<LeaseHolder> other = tryToTake();
    if (other.isEmpty()) {
      renewed = begin;
      token = written;
      givenBack = false;
      renewals =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "lease");
                thread.setDaemon(true);
                return thread;
              });
      long pause = term.toMillis() / RENEWALS_A_TERM;
      renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }
    return other;
  }

  /**
   * Cheap unless the last renewal is long ago, as after having been frozen or suspended.
   *
   * @throws LeaseException when this process held the lease and was overtaken, or has given it back
   */
  public void requireHeld() {
    LeaseException lost = loss.get();
    if (lost != null) {
      throw lost;
    }
    requireNotGivenBack();
    if (token != null && silent().compareTo(term) > 0) {
      store.transaction(
          "be read",
          connection -> {
            fence(connection);
            return null;
          });
    }
  }

  /** The page in hand at the end must not be saved after another process may have begun. */
  private void requireNotGivenBack() {
    if (givenBack) {
      throw new LeaseException(
          "the checkpoints of \"" + resource + "\" are given back; nothing more is written");
    }
  }

  private Duration silent() {
    Renewal last = renewed;
    Duration ran = Duration.ofNanos(System.nanoTime() - last.nanos);
    Duration passed = Duration.between(last.time, clock.instant());
    return ran.compareTo(passed) > 0 ? ran : passed;
  }

  /**
   * To be called in the transaction of each write: keeps others from taking the lease until it
   * ends. Without the lease, writing is allowed only while nobody holds it.
   *
   * @throws LeaseException when this process must not write
   */
  void fence(Connection connection) throws SQLException {
    requireNotGivenBack();
    Optional<Row> row = row(connection);
    if (token != null) {
      if (row.filter(held -> held.token.equals(token)).isEmpty()) {
        throw lost(row);
      }
    } else if (row.isPresent() && !isOver(connection, row.get())) {
      throw new LeaseException(row.get().holder);
    }
  }

  private Optional<LeaseHolder> tryToTake() {
    for (int attempt = 1; ; attempt++) {
      String mine = UUID.randomUUID().toString();
      try {
        return store.transaction("be written", connection -> takeAs(mine, connection));
      } catch (CheckpointException e) {
        if (mine.equals(written)) {
          UNANSWERED.add(mine);
        }
        // two that find no row both insert one, and one of them is refused
        if (attempt == TRIES || !isConflict(e.getCause())) {
          throw e;
        }
      }
    }
  }

  private Optional<LeaseHolder> takeAs(String mine, Connection connection) throws SQLException {
    Optional<Row> row = row(connection);
    if (row.isPresent() && !isOver(connection, row.get())) {
      return Optional.of(row.get().holder);
    }
    row.ifPresent(old -> LOG.info("taken over from {}, which is gone or silent", old.holder));
    long now = store.millis(connection);
    LeaseHolder self = LeaseHolder.self(Instant.ofEpochMilli(now));
    // never an update where no row was locked: it would hit the one another just inserted
    JdbcStore.update(
        connection,
        row.isPresent()
            ? "UPDATE kustomer_sync_lease SET token = ?, host = ?, machine = ?, pid = ?,"
                + " started = ?, since_ms = ?, expires_ms = ? WHERE resource = ?"
            : "INSERT INTO kustomer_sync_lease (token, host, machine, pid, started, since_ms,"
                + " expires_ms, resource) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        mine,
        self.host(),
        self.machine(),
        self.pid(),
        self.started(),
        now,
        now + term.toMillis(),
        resource);
    written = mine;
    return Optional.empty();
  }

  private static boolean isConflict(Throwable cause) {
    String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
    return state != null && (state.startsWith("23") || state.startsWith("40"));
  }

  private synchronized void renew() {
    if (renewals == null || loss.get() != null) {
      return;
    }
    Renewal begin = new Renewal(System.nanoTime(), clock.instant());
    try {
      store.transaction(
          "be written",
          connection -> {
            fence(connection);
            JdbcStore.update(
                connection,
                "UPDATE kustomer_sync_lease SET expires_ms = ? WHERE resource = ?",
                store.millis(connection) + term.toMillis(),
                resource);
            return null;
          });
      renewed = begin;
    } catch (LeaseException e) {
      LOG.debug("lease lost", e);
    } catch (RuntimeException e) {
      // still ours as long as nobody takes it
      LOG.warn("the lease can't be renewed: {}", e.getMessage());
    }
  }

  /**
   * Takes no monitor: the transaction that finds out holds the row which a renewal may wait for.
   */
  private LeaseException lost(Optional<Row> row) {
    LeaseException lost =
        new LeaseException(
            "this process was silent for longer than kustomer.lease, and "
                + row.map(taken -> taken.holder.toString()).orElse("another process")
                + ", has taken over the checkpoints of \""
                + resource
                + "\"; this one stops. Nothing is lost: the other reads on from the last"
                + " checkpoint");
    if (loss.compareAndSet(null, lost)) {
      onLoss.accept(lost);
    }
    return loss.get();
  }

  private boolean isOver(Connection connection, Row row) throws SQLException {
    return row.expires <= store.millis(connection)
        || row.holder.isGone()
        || UNANSWERED.contains(row.token);
  }

  private Optional<Row> row(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      JdbcStore.bind(select, resource);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        LeaseHolder holder =
            new LeaseHolder(
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getString(5),
                Instant.ofEpochMilli(rows.getLong(6)));
        return Optional.of(new Row(rows.getString(1), holder, rows.getLong(7)));
      }
    }
  }

  /**
   * Gives it back, so that the next process need not wait. Until it is taken again, nothing is
   * written by it.
   */
  @Override
  public synchronized void close() {
    if (renewals != null) {
      renewals.shutdown(); // no interrupt: H2 would close its file
      renewals = null;
    }
    if (token != null) {
      givenBack = true;
      token = null;
    }
    if (loss.get() == null && written != null) {
      try {
        store.transaction("be written", this::giveBack);
        written = null;
      } catch (CheckpointException e) {
        UNANSWERED.add(written); // nobody works by it
        LOG.warn("the lease could not be given back, it ends by itself: {}", e.getMessage());
      }
    }
  }

  private Void giveBack(Connection connection) throws SQLException {
    JdbcStore.update(
        connection,
        "DELETE FROM kustomer_sync_lease WHERE resource = ? AND token = ?",
        resource,
        written);
    return null;
  }
}
