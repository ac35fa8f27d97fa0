package io.kustomersync.verify;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;

/**
 * Stands around every step of the routes: sees what goes through, makes a chosen step fail, holds
 * steps that deliver until the sink has returned or a while has passed, and takes the place of
 * endpoints that lie outside. Thread-safe.
 */
final class StepInterceptor implements InterceptStrategy {

  /** What one step was seen to do. */
  static final class Seen {
    final Step step;
    final boolean delivers;
    int entered;
    int ended;
    int endedLate;
    final Set<String> ids = new TreeSet<>();

    Seen(Step step, boolean delivers) {
      this.step = step;
      this.delivers = delivers;
    }
  }

  /** Ids of the steps around the sink, which are no part of it. */
  static final String OURS = "verify-";

  private static final long HELD_MILLIS = 150;

  /** Told of what happens while it happens. Its methods are called by the threads of the routes. */
  interface Watcher {

    Watcher NONE = new Watcher() {};

    /**
     * @param time which time this step is reached, from 1 on
     */
    default void entering(Step step, int time) {}

    /** A stand-in has taken these rows. */
    default void took(Set<String> ids) {}

    /** Whether what this step writes stays where the check can look, so needs no stand-in. */
    default boolean within(CamelContext context, Step step) {
      return false;
    }
  }

  private final boolean standIn;
  private final Watcher watcher;
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private CountDownLatch returned = new CountDownLatch(0);
  private boolean hold;
  private boolean over;
  private String failing = "";
  private int failingFrom;
  private long lastSeen;

  /**
   * @param standIn whether nothing is to leave the host
   */
  StepInterceptor(boolean standIn, Watcher watcher) {
    this.standIn = standIn;
    this.watcher = watcher;
  }

  /**
   * Begins a run.
   *
   * @param step the id of the step that is to fail; empty for none
   * @param from from which time on that it is reached
   */
  synchronized void begin(boolean held, String step, int from) {
    seen.clear();
    returned = new CountDownLatch(1);
    hold = held;
    over = false;
    failing = step;
    failingFrom = from;
  }

  /** The sink has returned. */
  synchronized void returned() {
    over = true;
    returned.countDown();
  }

  synchronized List<Seen> seen() {
    return new ArrayList<>(seen.values());
  }

  /** Ids that steps which deliver have done with. */
  synchronized Set<String> delivered() {
    Set<String> sent = new TreeSet<>();
    Set<String> computed = new TreeSet<>();
    for (Seen one : seen.values()) {
      if (one.step.sends()) {
        sent.addAll(one.ids);
      } else if (one.step.computes()) {
        computed.addAll(one.ids);
      }
    }
    return sends() ? sent : computed;
  }

  /** Whether any step that was reached sends rows outside. */
  synchronized boolean sends() {
    return seen.values().stream().anyMatch(one -> one.step.sends());
  }

  synchronized long quietNanos() {
    return System.nanoTime() - lastSeen;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode node, Processor target, Processor next) {
    if (node.getId() != null && node.getId().startsWith(OURS)) {
      return target;
    }
    RouteDefinition route =
        node instanceof ProcessorDefinition<?> processor
            ? ProcessorDefinitionHelper.getRoute(processor)
            : null;
    boolean delivers = Step.delivers(node);
    return AsyncProcessorConverterHelper.convert(
        exchange ->
            run(
                Step.of(node, route == null ? "" : route.getRouteId()),
                delivers,
                exchange,
                target));
  }

  private void run(Step step, boolean delivers, Exchange exchange, Processor target)
      throws Exception {
    String before = delivers ? BodyText.of(exchange) : "";
    boolean fail;
    CountDownLatch gate;
    boolean wait;
    int time;
    synchronized (this) {
      lastSeen = System.nanoTime();
      Seen one = seen.computeIfAbsent(step.id(), id -> new Seen(step, delivers));
      time = ++one.entered;
      fail = step.id().equals(failing) && one.entered >= failingFrom;
      gate = returned;
      wait = hold && (step.sends() || step.computes());
    }
    watcher.entering(step, time);
    if (wait) {
      gate.await(HELD_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (fail) {
      throw failure(step);
    }
    if (standIn && step.leavesHost() && !watcher.within(exchange.getContext(), step)) {
      watcher.took(TestRows.idsIn(before));
      exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    } else {
      target.process(exchange);
    }
    synchronized (this) {
      lastSeen = System.nanoTime();
      Seen one = seen.computeIfAbsent(step.id(), id -> new Seen(step, delivers));
      if (exchange.getException() == null) {
        one.ended++;
        if (over) {
          one.endedLate++;
        } else {
          one.ids.addAll(TestRows.idsIn(before));
        }
      }
    }
  }

  private static Exception failure(Step step) {
    String message = "made to fail by verify-sink";
    return switch (step.scheme()) {
      case "http", "https" ->
          new HttpOperationFailedException(step.uri(), 503, message, null, Map.of(), "");
      case "jdbc", "sql" -> new SQLException(message);
      default -> new IOException(message);
    };
  }
}
