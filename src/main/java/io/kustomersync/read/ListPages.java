package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a list upwards, several pages at a time, as long as each id is greater than the one before:
 * so no record is given twice. Whether the list gives all of them it does not know; a page that
 * shifts because a record is deleted hides others. Begins near the first record created since an
 * instant, found by doubling, then halving. Not thread-safe.
 *
 * <p>That lists are in order of id, which is that of creation, is likely, not stated
 * (kustomer-api.md §2.4): where one is not, it ends early.
 */
final class ListPages {

  /** The most that lists give (kustomer-api.md §2.1). */
  static final int PAGE_SIZE = 100;

  /** A page in its turn, and when it was asked for. */
  record Listed(long askedAt, List<KustomerRecord> records) {}

  private record Arrived(long askedAt, Page page) {}

  private final String path;
  private final int most;
  private final Instant since;
  private final Map<Integer, Arrived> arrived = new HashMap<>();
  private final LastPage old = new LastPage();
  private int next = 1; // to be asked for
  private int due = 1; // to be given
  private String last = "";
  private Instant front = Instant.MIN;
  private boolean ended;
  private boolean inOrder = true;

  /**
   * @param most pages under way, or waiting for those before them
   * @param since records created before it are left out, about
   */
  ListPages(String path, int most, Instant since) {
    this.path = path;
    this.most = most;
    this.since = since;
  }

  /** Nothing more will be given. */
  boolean ended() {
    return ended;
  }

  /** Whether it ended, if it did, because there is no more. */
  boolean inOrder() {
    return inOrder;
  }

  /** What was created before it has been given, in a list that is in order of creation. */
  Instant front() {
    return ended ? Instant.MAX : front;
  }

  /** Whether the next page is one that will be given. */
  boolean found() {
    return old.found();
  }

  ApiRequest request(int page) {
    return ApiRequest.get(path, "page=" + page + "&pageSize=" + PAGE_SIZE);
  }

  /** The page to ask for now; empty while there are enough under way. */
  OptionalInt ask() {
    boolean enough = found() ? next - due >= most : next > due;
    return ended || enough ? OptionalInt.empty() : OptionalInt.of(next++);
  }

  /** The pages whose turn it is now. */
  List<Listed> accept(int page, long askedAt, Page answer) {
    if (ended) {
      return List.of();
    }
    if (!found()) {
      narrow(page, createdBefore(answer));
      return List.of();
    }
    arrived.put(page, new Arrived(askedAt, answer));
    List<Listed> listed = new ArrayList<>();
    while (!ended && arrived.containsKey(due)) {
      take(arrived.remove(due++), listed);
    }
    return listed;
  }

  private void take(Arrived one, List<Listed> listed) {
    for (KustomerRecord record : one.page().records()) {
      if (record.id().compareTo(last) <= 0) {
        ended = true;
        inOrder = false;
        return;
      }
      last = record.id();
    }
    listed.add(new Listed(one.askedAt(), one.page().records()));
    middle(one.page()).filter(front::isBefore).ifPresent(created -> front = created);
    ended = one.page().records().isEmpty() || one.page().next().isEmpty();
  }

  private boolean createdBefore(Page page) {
    return middle(page).filter(since::isAfter).isPresent();
  }

  /** Of the times of creation: imported records may bear one years older than their ids. */
  private static Optional<Instant> middle(Page page) {
    List<Instant> created =
        page.records().stream().flatMap(record -> record.createdAt().stream()).sorted().toList();
    return created.isEmpty() ? Optional.empty() : Optional.of(created.get(created.size() / 2));
  }

  private void narrow(int page, boolean before) {
    old.saw(page, before);
    ended = old.endless();
    next = old.found() ? old.last() + 1 : old.next();
    due = next;
  }
}
