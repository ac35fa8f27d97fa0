package io.kustomersync.container;

import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.Holder;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.connector.FailureText;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.SinkRows;
import io.kustomersync.read.TableAudit;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.Redaction;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import io.kustomersync.settings.SettingsReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connector running inside a container, with the newest settings and routes that work. A
 * change makes a new connector; only when that has started is the old one stopped, and only then
 * does the new one poll: what is broken leaves what runs as it is. Only a service of the container
 * that is gone or replaced stops what runs with it at once. Thread-safe.
 */
public final class LiveConnector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveConnector.class);

  /** How often files and services are looked at. A file's change counts once two looks agree. */
  private static final long LOOK_SECONDS = 2;

  /** After a start that failed because the database or Kustomer could not be reached. */
  private static final long AGAIN_SECONDS = 15;

  /** Longer than a page in hand may take to be finished. */
  private static final long CLOSING_SECONDS = 20;

  /** Reads what is configured, and tells its warnings there. */
  @FunctionalInterface
  public interface Readers {
    SettingsReader of(Map<String, String> configuration, Consumer<String> warnings);
  }

  private final Readers readers;
  private final ConnectorFactory factory;
  private final ContainerServices services;
  private final Redaction redaction = new Redaction();
  private final ScheduledExecutorService work;
  private volatile Map<String, String> configuration = Map.of();
  private volatile Optional<Connector> running = Optional.empty();
  private RouteWatch watch = RouteWatch.OF_NOTHING;

  /** What the connector that runs was started with. */
  private ServiceWatch used = ServiceWatch.OF_NOTHING;

  /** What the newest settings name. */
  private ServiceWatch wanted = ServiceWatch.OF_NOTHING;

  private Future<?> again = CompletableFuture.completedFuture(null);

  public LiveConnector(Readers readers, ConnectorFactory factory, ContainerServices services) {
    this.readers = readers;
    this.factory = factory;
    this.services = services;
    ClassLoader loader = LiveConnector.class.getClassLoader();
    this.work =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "kustomer-sync");
              thread.setContextClassLoader(loader);
              return thread;
            });
    work.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Goes over to these settings, soon; done when it has, or has said in the log why not. */
  public Future<?> configure(Map<String, String> values) {
    Map<String, String> copy = Map.copyOf(values);
    return work.submit(
        () -> {
          configuration = copy;
          renew();
        });
  }

  /** What reads the settings as they are now. */
  public SettingsReader reader(Consumer<String> warnings) {
    return readers.of(configuration, warnings);
  }

  /** The names that commands may be given; none while nothing runs. */
  public List<String> tableNames() {
    return running
        .map(connector -> connector.tables().stream().map(TableDefinition::name).toList())
        .orElse(List.of());
  }

  /**
   * The connector that runs, to be closed without effect; or, when none does, a new one that is
   * never scheduled.
   */
  public Connector borrow(Settings settings) throws Exception {
    Optional<Connector> current = running;
    return current.isPresent() ? new Borrowed(current.get()) : factory.start(settings);
  }

  private void look() {
    try {
      boolean stopped = letGoOfServices();
      if (stopped || watch.changed() || !wanted.changed().isEmpty()) {
        renew();
      }
    } catch (RuntimeException e) {
      LOG.warn("Routes and services can't be watched: {}", said(e));
    }
  }

  /**
   * Connections of a service that is gone or replaced would lead to where nobody looks now.
   *
   * @return whether that stopped what ran
   */
  private boolean letGoOfServices() {
    List<ContainerService> changed = used.changed();
    if (changed.isEmpty()) {
      return false;
    }
    changed.forEach(service -> LOG.warn("The {} was stopped or replaced", service));
    stop();
    return true;
  }

  private void renew() {
    Connector next = null;
    again.cancel(false);
    wanted = ServiceWatch.OF_NOTHING;
    try {
      Settings settings = reader(LOG::warn).read(List.of(), Set.of(Need.TOKEN, Need.START_DATE));
      redaction.add(settings);
      watch = RouteWatch.of(settings.routes());
      wanted = ServiceWatch.of(ContainerService.of(settings), services);
      if (!wanted.missing().isEmpty()) {
        awaitServices();
        return;
      }
      next = factory.start(settings);
      List<TableDefinition> tables = TableChoice.choose(List.of(), settings, next);
      next.checkpoints().statuses(); // what can't be saved to is not gone over to
      stop();
      next.startSchedule(tables);
      Connector begun = next;
      running = Optional.of(begun);
      used = wanted;
      begun.end().thenAccept(reason -> ended(begun, reason));
      LOG.info(
          "Running {}: {}",
          settings.reading().schedule(),
          String.join(", ", tables.stream().map(TableDefinition::name).toList()));
    } catch (Exception | LinkageError e) {
      FailureText.lines(e).forEach(line -> LOG.error("{}", redaction.apply(line)));
      LOG.debug("Not started", e);
      if (next != null) {
        next.close();
      }
      LOG.error(
          running.isPresent()
              ? "Kustomer Sync goes on as it was, until the above is corrected"
              : "Kustomer Sync does not run, until the above is corrected");
      boolean mayPass = e instanceof KustomerException || e instanceof CheckpointException;
      if (running.isEmpty() && mayPass) {
        LOG.info("Tried again in {} s", AGAIN_SECONDS);
        again = work.schedule(this::renew, AGAIN_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private void awaitServices() {
    wanted.missing().forEach(service -> LOG.warn("{}", service.missing()));
    LOG.warn(
        running.isPresent()
            ? "Kustomer Sync goes on as it was, and takes the new settings when it comes"
            : "Kustomer Sync waits, and starts by itself when it comes");
  }

  /** Polling has become pointless: the token is refused, or another process took over. */
  private void ended(Connector connector, Exception reason) {
    try {
      work.submit(
          () -> {
            if (running.filter(connector::equals).isEmpty()) {
              return; // another runs already
            }
            stop();
            if (reason instanceof LeaseException) {
              LOG.warn("Stopped: {}. Tried again in {} s", said(reason), AGAIN_SECONDS);
              again = work.schedule(this::renew, AGAIN_SECONDS, TimeUnit.SECONDS);
            } else {
              LOG.error(
                  "Stopped: {}. Correct it and save the settings again, or restart the bundle",
                  said(reason));
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Closing anyway", e);
    }
  }

  private void stop() {
    running.ifPresent(Connector::close);
    running = Optional.empty();
    used = ServiceWatch.OF_NOTHING;
  }

  private String said(Throwable failure) {
    return redaction.apply(String.join("; ", FailureText.lines(failure)));
  }

  /** Finishes or rolls back the page in hand and leaves nothing behind. Takes 20 s at most. */
  @Override
  public void close() {
    try {
      work.submit(this::stop).get(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Not stopped in good order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      work.shutdownNow();
    }
  }

  /** For a command, which closes what it has worked with. */
  private record Borrowed(Connector connector) implements Connector {
    @Override
    public List<TableDefinition> tables() {
      return connector.tables();
    }

    @Override
    public TableDefinition define(String table, String klass) {
      return connector.define(table, klass);
    }

    @Override
    public Kustomer kustomer() {
      return connector.kustomer();
    }

    @Override
    public CheckpointRepository checkpoints() {
      return connector.checkpoints();
    }

    @Override
    public long calls() {
      return connector.calls();
    }

    @Override
    public Result sync(TableDefinition table, Listener listener) {
      return connector.sync(table, listener);
    }

    @Override
    public void startSchedule(Collection<TableDefinition> tables) {
      connector.startSchedule(tables);
    }

    @Override
    public Optional<Holder> takeLease() {
      return connector.takeLease();
    }

    @Override
    public TableAudit audit(TableDefinition table, int calls) {
      return connector.audit(table, calls);
    }

    @Override
    public SinkRows stored(TableDefinition table) {
      return connector.stored(table);
    }

    @Override
    public void deliver(TableDefinition table, Delivery delivery) {
      connector.deliver(table, delivery);
    }

    @Override
    public QuarantineRepository quarantine() {
      return connector.quarantine();
    }

    @Override
    public Optional<Exception> retry(QuarantineEntry entry) {
      return connector.retry(entry);
    }

    @Override
    public CompletableFuture<Exception> end() {
      return connector.end();
    }

    @Override
    public void close() {}
  }
}
