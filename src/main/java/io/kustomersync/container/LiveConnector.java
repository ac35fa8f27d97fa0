package io.kustomersync.container;

import io.kustomersync.api.KustomerException;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.connector.Connector;
import io.kustomersync.connector.ConnectorFactory;
import io.kustomersync.connector.FailureText;
import io.kustomersync.connector.TableChoice;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.settings.Redaction;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.Settings.Need;
import io.kustomersync.settings.SettingsReader;
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
  private volatile Optional<Running> running = Optional.empty();
  private RouteWatch watch = RouteWatch.OF_NOTHING;

  /** What the newest settings name. */
  private ServiceWatch wanted = ServiceWatch.OF_NOTHING;

  private Future<?> again = CompletableFuture.completedFuture(null);

  /**
   * A connector that polls.
   *
   * @param services what it was started with
   */
  private record Running(Connector connector, Settings settings, ServiceWatch services) {}

  public LiveConnector(Readers readers, ConnectorFactory factory, ContainerServices services) {
    this(readers, factory, services, ownThread());
  }

  /**
   * @param work does everything, one thing after the other; ended with this
   */
  LiveConnector(
      Readers readers,
      ConnectorFactory factory,
      ContainerServices services,
      ScheduledExecutorService work) {
    this.readers = readers;
    this.factory = factory;
    this.services = services;
    this.work = work;
    work.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  static ScheduledThreadPoolExecutor ownThread() {
    ClassLoader loader = LiveConnector.class.getClassLoader();
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread worker = new Thread(task, "kustomer-sync");
              worker.setContextClassLoader(loader);
              return worker;
            });
    thread.setRemoveOnCancelPolicy(true);
    return thread;
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
        .map(now -> now.connector.source().tables().stream().map(TableDefinition::name).toList())
        .orElse(List.of());
  }

  /**
   * The connector that runs, to be closed without effect; or, when none does, a new one that is
   * never scheduled.
   */
  public Connector borrow(Settings settings) throws Exception {
    Optional<Running> current = running;
    return current.isPresent() ? current.get().connector.borrowed() : factory.start(settings);
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
    List<ContainerService> changed = running.map(now -> now.services.changed()).orElse(List.of());
    if (changed.isEmpty()) {
      return false;
    }
    changed.forEach(service -> LOG.warn("The {} was stopped or replaced", service));
    stop();
    return true;
  }

  private void renew() {
    Optional<Running> before = running;
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
      begin(settings, wanted);
    } catch (Exception | LinkageError e) {
      FailureText.lines(e).forEach(line -> LOG.error("{}", redaction.apply(line)));
      LOG.debug("Not started", e);
      boolean mayPass = mayPass(e);
      if (running.isEmpty() && before.isPresent()) {
        mayPass |= goBack(before.get()).filter(LiveConnector::mayPass).isPresent();
      }
      LOG.error(
          running.isPresent()
              ? "Kustomer Sync goes on as it was, until the above is corrected"
              : "Kustomer Sync does not run, until the above is corrected");
      if (running.isEmpty() && mayPass) {
        LOG.info("Tried again in {} s", AGAIN_SECONDS);
        again = work.schedule(this::renew, AGAIN_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** A token that is refused stays so until somebody replaces it. */
  private static boolean mayPass(Throwable failure) {
    return failure instanceof CheckpointException
        || failure instanceof KustomerException
            && !(failure instanceof KustomerException.Unauthorized);
  }

  /** Starts a connector; only when nothing more is known to refuse it, the old one is stopped. */
  private void begin(Settings settings, ServiceWatch used) throws Exception {
    Connector next = factory.start(settings);
    boolean begun = false;
    try {
      List<TableDefinition> tables = TableChoice.choose(List.of(), settings, next.source());
      next.state().checkpoints().statuses(); // what can't be saved to is not gone over to
      Optional<LeaseHolder> other = next.state().takeLease();
      if (other.isPresent() && !other.get().isThisProcess()) {
        throw new LeaseException(other.get());
      }
      stop();
      next.polling().startSchedule(tables);
      begun = true;
      running = Optional.of(new Running(next, settings, used));
      next.polling().end().thenAccept(reason -> ended(next, reason));
      LOG.info(
          "Running {}: {}",
          settings.reading().schedule(),
          String.join(", ", tables.stream().map(TableDefinition::name).toList()));
    } finally {
      if (!begun) {
        next.close();
      }
    }
  }

  /**
   * What ran had to end before its successor could begin, and that one could not.
   *
   * @return why it could not be started again
   */
  private Optional<Throwable> goBack(Running before) {
    try {
      begin(before.settings, before.services);
      return Optional.empty();
    } catch (Exception | LinkageError e) {
      LOG.error("Nor could what ran before be started again: {}", said(e));
      return Optional.of(e);
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
            if (running.filter(now -> now.connector.equals(connector)).isEmpty()) {
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
    running.ifPresent(now -> now.connector.close());
    running = Optional.empty();
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
}
