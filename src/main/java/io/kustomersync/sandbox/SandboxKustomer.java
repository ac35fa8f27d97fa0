package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.kustomersync.sandbox.data.HandMade;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.data.Mutator;
import io.kustomersync.sandbox.data.RecordStore;
import io.kustomersync.sandbox.data.World;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * A local stand-in for Kustomer's API, on the loopback interface, that behaves as kustomer-api.md
 * says. Start it, point a connector at {@link #url}, change records, make things fail, and compare
 * what arrived with {@link #journal}. Close it to stop. Thread-safe.
 *
 * <p>Kinds are named as in {@link SandboxOptions}; times are those that the records will carry,
 * while search lag and rate windows go by {@link SandboxOptions#clock}.
 */
public final class SandboxKustomer implements AutoCloseable {
  private static final int THREADS = 8;

  private final World world;
  private final Mutator mutator;
  private final RateWindows rates;
  private final FaultPlan faults = new FaultPlan();
  private final CallLog log = new CallLog();
  private final Front front;
  private final HttpServer server;
  private final ExecutorService threads;

  private SandboxKustomer(SandboxOptions options) throws IOException {
    // Without it every small answer waits 40 ms for the client's delayed acknowledgement.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    world = new World(options);
    mutator = new Mutator(world);
    rates = new RateWindows(options);
    front = new Front(world, mutator, rates, faults, log);
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port), 128);
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "sandbox-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Listens when it returns. */
  public static SandboxKustomer start(SandboxOptions options) {
    try {
      SandboxKustomer sandbox = new SandboxKustomer(options.copy());
      sandbox.listen();
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The sandbox can't listen on port " + options.port + "; give another, or 0 for any.", e);
    }
  }

  private void listen() {
    server.createContext("/", front);
    server.createContext("/sandbox/", new ControlEndpoint(this));
    server.setExecutor(threads);
    server.start();
  }

  /** What to use as base URL, without a trailing slash. */
  public String url() {
    return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  Clock clock() {
    return world.options().clock;
  }

  /** Makes {@code n} records, a millisecond apart, the last one at {@code at}; gives their ids. */
  public List<String> create(String kind, int n, Instant at) {
    return mutator.create(kind, n, at.toEpochMilli());
  }

  /** Writes {@code n} live records, a millisecond apart, the last one at {@code at}. */
  public List<String> update(String kind, int n, Instant at) {
    return mutator.update(kind, n, at.toEpochMilli(), 1);
  }

  /** Writes one record, reviving it if it was deleted. */
  public void update(String kind, String id, Instant at) {
    mutator.write(kind, id, at.toEpochMilli(), false);
  }

  /** Writes {@code n} live records, all with the very same {@code updatedAt}. */
  public List<String> bulkUpdate(String kind, int n, Instant at) {
    return mutator.update(kind, n, at.toEpochMilli(), 0);
  }

  /** Deletes {@code n} live records, a millisecond apart, the last one at {@code at}. */
  public List<String> delete(String kind, int n, Instant at) {
    return mutator.delete(kind, n, at.toEpochMilli());
  }

  public void delete(String kind, String id, Instant at) {
    mutator.write(kind, id, at.toEpochMilli(), true);
  }

  /** Merges one customer into another: it goes, its conversations move over. */
  public void merge(String sourceId, String targetId, Instant at) {
    mutator.merge(sourceId, targetId, at.toEpochMilli());
  }

  /**
   * Stores a record as it stands, new or in place of the one with its id, and gives the id. Needs
   * {@code id}; {@code attributes.updatedAt}, {@code createdAt}, {@code rev} and {@code deleted}
   * are heeded when there.
   */
  public String put(String kind, String json) {
    ObjectNode parsed = HandMade.parse(json);
    return world.put(kind, parsed, clock().instant());
  }

  /** The truth, in order of creation; {@code kobjects} stands for those of all classes. */
  public List<JournalEntry> journal(String kind) {
    List<JournalEntry> entries = new ArrayList<>();
    synchronized (world) {
      for (RecordStore store : world.stores().all()) {
        if (kind.equals("kobjects") && store.kind().isKobject()) {
          store.forEachJournalEntry(entries::add);
        }
      }
      if (!kind.equals("kobjects")) {
        world.store(kind).forEachJournalEntry(entries::add);
      }
    }
    return entries;
  }

  /** Calls to the API so far, oldest first; the newest 50,000 are kept. */
  public List<ServedCall> requests() {
    return log.calls();
  }

  /** How many calls to the API were answered. */
  public long requestCount() {
    return log.count();
  }

  /** Calls that a read-only client must never make: all but GET and the search POSTs. */
  public List<ServedCall> violations() {
    return log.violations();
  }

  public void fail(Fault fault) {
    faults.add(fault);
  }

  public void clearFaults() {
    faults.clear();
  }

  /** Called with the number of each call, from 1, before it is answered. Replaces the last one. */
  public void onRequest(LongConsumer listener) {
    front.listen(listener);
  }

  /** Draws calls that others in the company make, from {@code org} or {@code search}. */
  public void consume(String pool, int calls) {
    rates.consume(pool, calls);
  }

  /** Counts as JSON; see {@link ControlEndpoint}. */
  String stats() {
    ObjectNode stats = HandMade.JSON.createObjectNode();
    stats.put("calls", log.count()).put("searches", log.searches());
    ObjectNode byStatus = stats.putObject("byStatus");
    log.byStatus().forEach((status, count) -> byStatus.put(status.toString(), count));
    stats.put("violations", log.violations().size());
    ObjectNode live = stats.putObject("live");
    synchronized (world) {
      world.stores().all().forEach(store -> live.put(store.kind().name(), store.liveCount()));
    }
    return stats.toString();
  }

  /** Stops at once; open connections are dropped. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
