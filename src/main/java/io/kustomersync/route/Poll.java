package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.ReadException;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableReader;
import io.kustomersync.sink.TablePage;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One reading of one table as it goes through the routes: the exchange variable {@code poll}. Used
 * by one thread.
 */
public final class Poll {

  private final TableDefinition table;
  private final TableReader reader;
  private final StopSignal stop;
  private final Consumer<Poll> watcher;
  private InFlightRequests requests;
  private Checkpoint saved;
  private PollCounts counts = PollCounts.NONE;
  private PollCounts inHand = PollCounts.NONE;

  /**
   * @param watcher told after each page that every sink has
   */
  Poll(
      TableDefinition table,
      TableReader reader,
      Checkpoint saved,
      StopSignal stop,
      Consumer<Poll> watcher) {
    this.table = table;
    this.reader = reader;
    this.saved = saved;
    this.stop = stop;
    this.watcher = watcher;
  }

  /** For records that are delivered outside a poll: nothing is read, and no checkpoint moves. */
  public static Poll ofRecords(TableDefinition table) {
    Checkpoint none = Checkpoint.start(table.name());
    return new Poll(table, new NothingToRead(none), none, new StopSignal(), poll -> {});
  }

  /** Whether there is more to read and nobody asked to stop; asked by {@code read-table}. */
  public boolean hasNext() {
    return !stop.raised() && !caughtUp();
  }

  public boolean caughtUp() {
    return reader.done();
  }

  public TableDefinition table() {
    return table;
  }

  public PollCounts counts() {
    return counts;
  }

  /** How many records are still to come, where the search tells. */
  public OptionalLong remaining() {
    return reader.remaining();
  }

  InFlightRequests requests() {
    return requests;
  }

  /** From now on questions are put this way. */
  void asking(InFlightRequests way) {
    requests = way;
  }

  /** Puts all questions that may be under way now. */
  void ask() {
    requests.ask(reader.plan());
  }

  /** Nothing is asked for any more. */
  void close() {
    if (requests != null) {
      requests.close();
    }
  }

  /** Whether reading goes on without the answer to this question, should Kustomer refuse it. */
  boolean spares(ApiRequest asked) {
    return reader.spares(asked);
  }

  Checkpoint saved() {
    return saved;
  }

  /** Refuses a page of another company: a wrong token must not mix two companies' rows. */
  Delivery accept(ApiRequest asked, Page page) {
    saved
        .org()
        .filter(org -> page.org().filter(other -> !other.equals(org)).isPresent())
        .ifPresent(
            org -> {
              throw new ReadException(
                  table.name()
                      + ": Kustomer answers for the company "
                      + page.org().get()
                      + ", but the rows read before belong to "
                      + org
                      + "; use that company's API token, or another kustomer.database.url and"
                      + " kustomer.checkpoint.url for this one");
            });
    Delivery delivery = reader.accept(asked, page);
    inHand = new PollCounts(delivery.received(), 0, 0, 0);
    if (saved.org().isEmpty() && page.org().isPresent()) {
      saved = saved.withOrg(page.org().get());
    }
    return delivery;
  }

  /**
   * @param unmapped records that no row could be made of
   */
  void delivering(List<TablePage> pages, int unmapped) {
    int rows = pages.stream().mapToInt(page -> page.rows().size()).sum();
    long deleted =
        pages.stream()
            .flatMap(page -> page.rows().stream())
            .filter(row -> Boolean.TRUE.equals(row.get("deleted")))
            .count();
    inHand = new PollCounts(inHand.read(), rows, deleted, unmapped);
  }

  /** So many rows of the page went into the quarantine rather than to every sink. */
  void setAside(int rows) {
    inHand = inHand.setAside(rows);
  }

  /** Stores the position now that every sink has the page; an idle poll stores nothing. */
  void save(CheckpointRepository checkpoints) {
    long delivered = saved.delivered() + inHand.delivered();
    Checkpoint reached = reader.checkpoint().withDelivered(delivered);
    reached = saved.org().map(reached::withOrg).orElse(reached);
    counts = counts.plus(inHand);
    inHand = PollCounts.NONE;
    if (!reached.equals(saved)) {
      checkpoints.save(reached);
      saved = reached;
    }
    watcher.accept(this);
  }
}
