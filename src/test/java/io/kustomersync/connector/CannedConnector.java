package io.kustomersync.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.PageParser;
import io.kustomersync.audit.SinkRows;
import io.kustomersync.audit.TableAudit;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.LeaseException;
import io.kustomersync.checkpoint.LeaseHolder;
import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.checkpoint.TableStatus;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A connector whose Kustomer answers from a list; for what only commands and containers do. */
public final class CannedConnector
    implements KustomerSource, SyncState, Polling, SinkAccess, CheckpointRepository {
  public final Map<String, String> answers = new HashMap<>();
  public final Map<String, RuntimeException> refusals = new HashMap<>();
  public final Map<String, RuntimeException> failures = new HashMap<>();
  public final Map<String, Checkpoint> checkpoints = new TreeMap<>();
  final Map<String, TableStatus> statuses = new TreeMap<>();
  public final List<ApiRequest> asked = new ArrayList<>();
  public final List<TableDefinition> scheduled = new ArrayList<>();
  public Optional<LeaseHolder> holder = Optional.empty();
  public CompletableFuture<Exception> end =
      CompletableFuture.completedFuture(new IllegalStateException("the key is not valid"));
  public final List<QuarantineEntry> quarantined = new ArrayList<>();
  final QuarantineRepository quarantine =
      new QuarantineRepository() {
        @Override
        public List<QuarantineEntry> all() {
          return quarantined;
        }

        @Override
        public Map<String, Long> counts() {
          Map<String, Long> counts = new TreeMap<>();
          quarantined.forEach(entry -> counts.merge(entry.table(), 1L, Long::sum));
          return counts;
        }

        @Override
        public void put(List<QuarantineEntry> entries) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void forget(String table, Collection<String> ids, Collection<String> places) {
          throw new UnsupportedOperationException();
        }
      };
  public boolean closed;
  public Runnable whenClosed = () -> {};
  private BooleanSupplier heldHere = () -> false;

  public Connector connector() {
    return new Connector(this, this, this, this, this::close);
  }

  private void close() {
    closed = true;
    whenClosed.run();
  }

  /** Another connector of this process holds the lease until then. */
  public void heldUntil(BooleanSupplier over) {
    heldHere = () -> !over.getAsBoolean();
  }

  @Override
  public List<TableDefinition> tables() {
    return List.of(
        search("customers", "customer"),
        search("conversations", "conversation"),
        search("kobjects", "kobject"),
        new TableDefinition.ListTable("users", "/v1/users", 100, List.of("")));
  }

  private static TableDefinition search(String name, String object) {
    return new TableDefinition.SearchTable(
        name, object, object, TableDefinition.History.ARCHIVE, "/v1/" + name);
  }

  @Override
  public Kustomer kustomer() {
    return request -> {
      asked.add(request);
      String key = key(request);
      if (refusals.containsKey(key)) {
        throw refusals.get(key);
      }
      String answer = answers.getOrDefault(key, "{\"data\":[]}");
      return new PageParser().parse(answer.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** The context of a search, the path of a list. */
  private static String key(ApiRequest request) {
    try {
      return request.body().isPresent()
          ? new ObjectMapper()
              .readValue(request.body().get(), ObjectNode.class)
              .path("queryContext")
              .asText()
          : request.path() + (request.query().contains("disabled") ? "?disabled" : "");
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CheckpointRepository checkpoints() {
    return this;
  }

  @Override
  public TableAudit audit(TableDefinition table, int calls) {
    return () -> {
      throw new KustomerException.Forbidden("no role for " + table.name());
    };
  }

  @Override
  public SinkRows stored(TableDefinition table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deliver(TableDefinition table, Delivery delivery) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long calls() {
    return 1234;
  }

  @Override
  public Result sync(TableDefinition table, Listener listener) {
    Progress progress = new Progress(table.name(), 1500, 1400, 100, 3, 2, Optional.of(0L));
    listener.delivered(progress);
    return new Result(
        progress, Duration.ofSeconds(75), Optional.ofNullable(failures.get(table.name())));
  }

  @Override
  public void startSchedule(Collection<TableDefinition> tables) {
    if (takeLease().isPresent()) {
      throw new LeaseException(takeLease().get());
    }
    if (failures.containsKey("schedule")) {
      throw failures.get("schedule");
    }
    scheduled.addAll(tables);
  }

  @Override
  public TableDefinition define(String table, String klass) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Exception> end() {
    return end;
  }

  @Override
  public QuarantineRepository quarantine() {
    return quarantine;
  }

  @Override
  public Optional<Exception> retry(QuarantineEntry entry) {
    return Optional.ofNullable(failures.get(entry.id()));
  }

  @Override
  public Optional<LeaseHolder> takeLease() {
    return heldHere.getAsBoolean() ? Optional.of(LeaseHolder.self(Instant.EPOCH)) : holder;
  }

  @Override
  public void replace(Checkpoint checkpoint) {
    save(checkpoint);
  }

  @Override
  public Optional<Checkpoint> find(String table) {
    return Optional.ofNullable(checkpoints.get(table));
  }

  @Override
  public List<Checkpoint> all() {
    return List.copyOf(checkpoints.values());
  }

  @Override
  public List<String> storedTables() {
    return List.copyOf(checkpoints.keySet());
  }

  @Override
  public void save(Checkpoint checkpoint) {
    checkpoints.put(checkpoint.table(), checkpoint);
  }

  @Override
  public void delete(String table) {
    checkpoints.remove(table);
  }

  @Override
  public List<TableStatus> statuses() {
    return List.copyOf(statuses.values());
  }

  @Override
  public void record(TableStatus status) {
    statuses.put(status.table(), status);
  }
}
