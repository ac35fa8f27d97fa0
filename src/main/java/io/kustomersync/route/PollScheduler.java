package io.kustomersync.route;

import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the routes that poll tables on their schedule. Thread-safe. */
public final class PollScheduler {

  private static final Logger LOG = LoggerFactory.getLogger(PollScheduler.class);

  private final CamelContext context;
  private final CompletableFuture<Exception> end = new CompletableFuture<>();

  public PollScheduler(CamelContext context) {
    this.context = context;
  }

  /** Begins to poll this table: at once if it is polled at intervals, else when it is time. */
  public void start(String table) {
    if (end.isDone()) {
      return; // nothing can be polled any more
    }
    String route = Tables.POLL + table;
    try {
      context.getRouteController().startRoute(route);
      if (context.getRoute(route).getEndpoint() instanceof QuartzEndpoint timer) {
        beginNow(timer);
      }
    } catch (Exception e) {
      throw new IllegalStateException("the schedule of " + table + " can't be started", e);
    }
  }

  /**
   * Its first interval began when Camel started; who waits for rows has waited for that already.
   */
  private static void beginNow(QuartzEndpoint timer) throws SchedulerException {
    Scheduler scheduler = timer.getComponent().getScheduler();
    if (scheduler.getTrigger(timer.getTriggerKey()) instanceof SimpleTrigger interval) {
      scheduler.rescheduleJob(
          timer.getTriggerKey(), interval.getTriggerBuilder().startNow().build());
    }
  }

  /** Polls this table no more; the poll under way ends by itself. */
  void stop(String table) {
    String route = Tables.POLL + table;
    if (context.getRoute(route) != null && isPolled(route)) {
      LOG.error("{}: not polled any more until the next start", table);
      inBackground("stop-" + route, () -> suspend(route));
    }
  }

  private void suspend(String route) {
    try {
      context.getRouteController().suspendRoute(route);
    } catch (Exception e) {
      LOG.warn("route {} can't be stopped: {}", route, Messages.of(e));
    }
  }

  /** Nothing can be polled any more, because of this; polls under way end by themselves. */
  public void stopAll(Exception reason) {
    end.complete(reason);
    for (Route route : context.getRoutes()) {
      if (route.getRouteId().startsWith(Tables.POLL)
          && route.getEndpoint() instanceof QuartzEndpoint timer) {
        pause(timer);
      }
    }
  }

  /** The route itself stays: stopped, it would cut short what the polls under way have to say. */
  private static void pause(QuartzEndpoint timer) {
    try {
      timer.getComponent().getScheduler().pauseTrigger(timer.getTriggerKey());
    } catch (SchedulerException e) {
      LOG.warn("{} can't be paused: {}", timer.getTriggerKey(), Messages.of(e));
    }
  }

  private boolean isPolled(String route) {
    return context.getRouteController().getRouteStatus(route) == ServiceStatus.Started;
  }

  /** Not on this thread: a route would wait for its own exchange. */
  private void inBackground(String name, Runnable work) {
    context.getExecutorServiceManager().newThread(name, work).start();
  }

  /** Completes when polling has become pointless. */
  public CompletableFuture<Exception> end() {
    return end;
  }
}
