package io.kustomersync.audit;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.api.SearchQuery;
import io.kustomersync.read.KeysetReader;
import io.kustomersync.read.ReadException;
import io.kustomersync.read.SameInstantReader;
import io.kustomersync.read.Search;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kustomer's side of an audit; counts the calls and stops at their limit. Not thread-safe. */
final class AuditSource {

  /** Answers with fewer records than they say before it is taken for a fault. */
  private static final int PATIENCE = 3;

  /** No more calls may be made. */
  static final class OutOfCalls extends RuntimeException {
    private static final long serialVersionUID = 1;

    private OutOfCalls(int limit) {
      super(limit + " calls are used up");
    }
  }

  private final SearchTable table;
  private final int pageSize;
  private final Kustomer kustomer;
  private final int limit;
  private int calls;

  AuditSource(SearchTable table, int pageSize, Kustomer kustomer, int limit) {
    this.table = table;
    this.pageSize = pageSize;
    this.kustomer = kustomer;
    this.limit = limit;
  }

  int calls() {
    return calls;
  }

  int left() {
    return limit - calls;
  }

  private Page ask(ApiRequest request) {
    if (calls >= limit) {
      throw new OutOfCalls(limit);
    }
    calls++;
    return kustomer.ask(request);
  }

  long count(AuditWindow window) {
    return total(ask(search(window.archive(), 1).from(window.from(), before(window))));
  }

  /** Without the deleted. */
  long countLive(AuditWindow window) {
    SearchQuery query =
        SearchQuery.updatedFrom(table.context(), table.object(), window.from())
            .withUpdatedBefore(window.before())
            .withoutDeleted()
            .withPageSize(1);
    return total(ask((window.archive() ? query.inArchive() : query).request()));
  }

  private long total(Page page) {
    return page.total()
        .orElseThrow(
            () ->
                new ReadException(
                    table.name()
                        + ": Kustomer's search tells no total (meta.total), without which nothing"
                        + " can be compared"));
  }

  /**
   * All records of a window.
   *
   * @return empty when they are more than a page after all
   */
  Optional<Map<String, KustomerRecord>> records(AuditWindow window) {
    for (int i = 0; i < PATIENCE; i++) {
      Page page = ask(search(window.archive(), pageSize).from(window.from(), before(window)));
      long total = total(page);
      if (total > pageSize) {
        return Optional.empty();
      }
      if (page.records().size() >= total) {
        return Optional.of(byKey(page.records()));
      }
    }
    throw new ReadException(
        table.name()
            + ": Kustomer gives fewer records than it counts between "
            + window.from()
            + " and "
            + window.before()
            + "; try again later");
  }

  /** All records of a window of one millisecond, however many. */
  Map<String, KustomerRecord> recordsOfInstant(AuditWindow window) {
    SameInstantReader tie =
        new SameInstantReader(search(window.archive(), pageSize), window.from());
    Map<String, KustomerRecord> records = new LinkedHashMap<>();
    while (!tie.done()) {
      Page page = ask(tie.next());
      records.putAll(byKey(page.records()));
      tie.accept(page);
    }
    return records;
  }

  /**
   * What was changed at or after an instant, as live search shows it now.
   *
   * @return empty when that takes more pages than given
   */
  Optional<List<KustomerRecord>> changedSince(Instant from, int pages) {
    KeysetReader walk = new KeysetReader(search(false, pageSize), from, Optional.empty());
    List<KustomerRecord> changed = new ArrayList<>();
    for (int page = 0; !walk.done(); page++) {
      if (page == pages) {
        return Optional.empty();
      }
      Page answer = ask(walk.next());
      changed.addAll(answer.records());
      walk.accept(answer);
      if (walk.remaining().orElse(0) > (long) pages * pageSize) {
        return Optional.empty();
      }
    }
    return Optional.of(changed);
  }

  /** The record behind a row, from where a change shows at once; empty when there is none. */
  Optional<KustomerRecord> find(ApiRequest byId) {
    try {
      return ask(byId).records().stream().findFirst();
    } catch (KustomerException.Refused e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * How to ask for a row's record by id (kustomer-api.md §2.5): below the path that the table's
   * definition gives, or its class's. Empty for tables without one and for ids that no path can
   * hold.
   */
  Optional<ApiRequest> byId(SinkRow row) {
    String list = row.klass().map(klass -> "/v1/klasses/" + klass).orElse(table.path());
    String path = list + '/' + row.id();
    // a blank, a slash or a comma would ask for something else
    boolean plain = path.matches("/v1/[A-Za-z0-9_/-]+") && !row.id().contains("/");
    return list.isEmpty() || !plain ? Optional.empty() : Optional.of(ApiRequest.get(path, ""));
  }

  private Search search(boolean archive, int size) {
    return new Search(table, archive, size);
  }

  private static Optional<Instant> before(AuditWindow window) {
    return Optional.of(window.before());
  }

  private static Map<String, KustomerRecord> byKey(List<KustomerRecord> records) {
    Map<String, KustomerRecord> byKey = new LinkedHashMap<>();
    records.forEach(record -> byKey.put(SinkRow.key(record), record));
    return byKey;
  }
}
