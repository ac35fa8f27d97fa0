package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.Fingerprint;
import io.kustomersync.read.TableDefinition.ListTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a small list whole, following {@code links.next}, and delivers what differs from last time.
 * A row that is not there any more is looked for a second time, since a page may shift while it is
 * read, and only then reported gone. Not thread-safe.
 */
public final class ListReader implements TableReader {

  private final ListTable table;
  private final NextLink links;
  private final Map<String, String> known;
  private final Map<String, String> seen = new HashMap<>();
  private final Set<String> visited = new HashSet<>();
  private final int filters;
  private int filter;
  private int round = 1;
  private Optional<ApiRequest> next;
  private Checkpoint checkpoint;

  public ListReader(ListTable table, Checkpoint saved, NextLink links) {
    this.links = links;
    this.table = table;
    this.known = saved.known();
    this.checkpoint = saved;
    this.filters = table.filters().size();
    this.next = Optional.of(first());
  }

  private ApiRequest first() {
    String query = table.filters().get(filter);
    return ApiRequest.get(
        table.path(), "page=1&pageSize=" + table.pageSize() + (query.isEmpty() ? "" : "&" + query));
  }

  @Override
  public boolean done() {
    return next.isEmpty();
  }

  @Override
  public List<ApiRequest> plan() {
    return next.stream().toList();
  }

  @Override
  public Delivery accept(ApiRequest asked, Page page) {
    visited.add(asked.toString());
    List<KustomerRecord> changed = new ArrayList<>();
    for (KustomerRecord record : page.records()) {
      String fingerprint = Fingerprint.of(record.raw());
      String before = seen.getOrDefault(record.id(), known.get(record.id()));
      if (!fingerprint.equals(before)) {
        changed.add(record);
      }
      seen.put(record.id(), fingerprint);
    }
    boolean last = page.next().isEmpty() || page.records().isEmpty();
    return new Delivery(
        changed, last ? endOfList() : follow(asked, page.next().get()), page.records().size());
  }

  private List<String> follow(ApiRequest asked, String link) {
    ApiRequest following = links.after(asked, link);
    if (visited.contains(following.toString())) {
      throw new ReadException(
          table.name()
              + ": links.next of Kustomer's list leads back to "
              + following.path()
              + ", so its end can't be reached; the next poll tries again");
    }
    next = Optional.of(following);
    return List.of();
  }

  private List<String> endOfList() {
    if (++filter < filters) {
      next = Optional.of(first());
      return List.of();
    }
    List<String> missing =
        known.keySet().stream().filter(id -> !seen.containsKey(id)).sorted().toList();
    if (!missing.isEmpty() && round == 1) {
      round = 2;
      filter = 0;
      visited.clear();
      next = Optional.of(first());
      return List.of();
    }
    next = Optional.empty();
    checkpoint = checkpoint.withKnown(seen);
    return missing;
  }

  @Override
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public OptionalLong remaining() {
    return OptionalLong.empty();
  }
}
