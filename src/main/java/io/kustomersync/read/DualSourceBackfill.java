package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.read.Window.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a span of the past through search and through the table's list at the same time, since
 * Kustomer limits the two apart. The list brings it from the oldest record on, search from the
 * newest, and search alone decides what is whole. Not thread-safe.
 *
 * <p>Search first counts a {@link Window}, deleted records included. From then on a record can only
 * leave it, for now. So the list, whose ids only ever grow, shows none in it but those counted, and
 * each once: if it showed as many, it showed all. If not (deleted ones, which lists do not show;
 * records that changed since, or that a shifting page hid), search reads the window whole. A list
 * out of order, or one that shows more than was counted, is given up, as is one of which too little
 * comes whole to be worth the counting.
 *
 * <p>A version is delivered once: what the list brought of a window that search then reads is
 * known, and what search reads the list no longer brings. The position moves only over what is
 * whole.
 */
final class DualSourceBackfill implements Backfill {

  /** Pages to come from which on it is begun. */
  static final int WORTH_IT = 4 * Counting.MOST_PAGES;

  /** Windows of which one has to come whole, or the list is given up. */
  private static final int TRIAL = 8;

  /** Windows counted ahead of the list: for records changed long after they were created. */
  private static final int MOST_AHEAD = 48;

  /** Records that the list brought of what is not whole: then it waits for search. */
  private static final long MOST_HELD = 500_000;

  /** Search takes so much of what nobody has begun at a time, from its end. */
  private static final int CLAIM = 16;

  /** A question that is under way. */
  private sealed interface Question {
    record Count(Window window) implements Question {}

    record Read(Window window) implements Question {}

    record Listed(int page, long askedAt) implements Question {}
  }

  private final Search search;
  private final ReadOptions reading;
  private final Counting counting;
  private final ListPages list;
  private final Map<ApiRequest, Question> underWay = new LinkedHashMap<>();

  /** All that is begun and not passed over; nobody has begun what lies from frontier to top. */
  private final TreeMap<Instant, Window> windows = new TreeMap<>();

  private Instant frontier;
  private Instant top;
  private long unclaimed; // records between them, about
  private Instant reached;
  private Ledger ledger;
  private boolean listing = true;
  private int whole;
  private int failedInRow;
  private long now;

  /**
   * @param from everything before it is delivered, and of what is at it the versions in the ledger
   * @param end in whole milliseconds, and so long ago that search shows no row late before it
   * @param records how many there are from {@code from} on, about
   */
  DualSourceBackfill(
      Search search, Instant from, Instant end, long records, Ledger ledger, ReadOptions reading) {
    this.search = search;
    this.reading = reading;
    this.counting = new Counting(search.pageSize(), from, end, records);
    Duration margin = Duration.between(from, end).dividedBy(CLAIM);
    int pages = reading.ahead() * Math.max(1, search.pageSize() / ListPages.PAGE_SIZE);
    this.list = new ListPages(search.table().path(), pages, from.minus(margin));
    this.frontier = from;
    this.reached = from;
    this.top = end;
    this.unclaimed = records;
    this.ledger = ledger;
  }

  @Override
  public boolean done() {
    return windows.isEmpty() && frontier.equals(top) && underWay.isEmpty();
  }

  @Override
  public Instant reached() {
    return readAlone() ? windows.firstEntry().getValue().reader().reached() : reached;
  }

  @Override
  public Ledger ledger() {
    return readAlone() ? windows.firstEntry().getValue().reader().ledger() : ledger;
  }

  /** Whether the first is a window that continues the position and that search alone reads. */
  private boolean readAlone() {
    return !windows.isEmpty() && windows.firstEntry().getValue().readsFromReached();
  }

  @Override
  public OptionalLong remaining() {
    return OptionalLong.of(
        Math.max(0, unclaimed) + windows.values().stream().mapToLong(Window::remaining).sum());
  }

  @Override
  public List<ApiRequest> plan() {
    while (searches() < reading.ahead() && (askCount() || beginLeft() || askToRead() || claim())) {
      // as many as may be under way
    }
    while (listUseful() && countedFarEnough()) {
      OptionalInt page = list.ask();
      if (page.isEmpty()) {
        break;
      }
      underWay.put(list.request(page.getAsInt()), new Question.Listed(page.getAsInt(), now));
    }
    return List.copyOf(underWay.keySet());
  }

  @Override
  public boolean spares(ApiRequest asked) {
    return underWay.get(asked) instanceof Question.Listed;
  }

  private long searches() {
    return underWay.values().stream().filter(q -> !(q instanceof Question.Listed)).count();
  }

  private boolean listUseful() {
    return listing && !list.ended() && (frontier.isBefore(top) || counted().findAny().isPresent());
  }

  private Stream<Window> counted() {
    return windows.values().stream().filter(s -> s.is(State.COUNTED) || s.is(State.ASKED));
  }

  /** What the list shows of a window before that is counted would be of no use. */
  private boolean countedFarEnough() {
    long ahead =
        windows.values().stream()
            .filter(s -> s.is(State.COUNTED) && s.to().isAfter(list.front()))
            .count();
    return !list.found() || frontier.equals(top) || 2 * ahead >= lead();
  }

  private long lead() {
    return Math.min(MOST_AHEAD, TRIAL + 2 * whole);
  }

  /** Asks for the count of the lower half of one too large, or of what comes next. */
  private boolean askCount() {
    if (!listing) {
      return false;
    }
    for (Window window : windows.values()) {
      if (window.wasParted() && ask(count(window), new Question.Count(window))) {
        return true;
      }
    }
    long held = windows.values().stream().mapToLong(Window::seen).sum();
    if (!frontier.isBefore(top) || counted().count() >= lead() || held >= MOST_HELD) {
      return false;
    }
    Window next = counting.next(frontier, top);
    windows.put(next.from(), next);
    frontier = next.to();
    return ask(count(next), new Question.Count(next));
  }

  private ApiRequest count(Window window) {
    return search.count(window.from(), window.to());
  }

  private boolean ask(ApiRequest request, Question question) {
    return underWay.putIfAbsent(request, question) == null;
  }

  /** Of what the list did not bring whole, one after the other, the first first. */
  private boolean beginLeft() {
    boolean busy = windows.headMap(top).values().stream().anyMatch(s -> s.is(State.READ));
    Window first = windows.values().stream().filter(s -> s.is(State.LEFT)).findFirst().orElse(null);
    if (busy || first == null) {
      return false;
    }
    for (Window next = windows.get(first.to());
        next != null && next.is(State.LEFT);
        next = windows.get(first.to())) {
      windows.remove(next.from());
      first.join(next);
    }
    read(first);
    return true;
  }

  private void read(Window window) {
    boolean goesOn = window.from().equals(reached) && window.delivered().size() == 0;
    // at the first instant of the span are versions that were delivered before
    Ledger known = goesOn ? Ledger.EMPTY : ledger.plus(window.delivered());
    window.read(
        new PartitionedBackfill(
            search,
            window.from(),
            window.to(),
            window.total(),
            goesOn ? ledger : Ledger.EMPTY,
            known,
            reading),
        goesOn);
  }

  private boolean askToRead() {
    for (Window window : windows.values()) {
      if (window.is(State.READ)) {
        for (ApiRequest request : window.reader().plan()) {
          if (ask(request, new Question.Read(window))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Takes what is to be read by search beside the list: the newest that nobody has begun. */
  private boolean claim() {
    long claimed = windows.tailMap(top).values().stream().filter(s -> s.is(State.READ)).count();
    if (claimed > 1) {
      return false; // the next one begins while one ends, no sooner
    }
    if (frontier.isBefore(top)) {
      long millis = Duration.between(frontier, top).toMillis();
      double eightPages = 8.0 * search.pageSize() * millis / Math.max(1, unclaimed);
      double part = Math.max(millis / (double) CLAIM, eightPages);
      boolean all = !listUseful() || part >= millis;
      Instant from =
          all ? frontier : top.minusMillis((long) part + 1).truncatedTo(ChronoUnit.MILLIS);
      long about = all ? unclaimed : (long) (unclaimed * part / millis);
      Window window = Window.ofAbout(about, from.isBefore(frontier) ? frontier : from, top);
      unclaimed -= about;
      windows.put(window.from(), window);
      top = window.from();
      read(window);
      return true;
    }
    // one that the list has not come to yet
    for (Window window : windows.descendingMap().values()) {
      if (window.is(State.COUNTED) && window.from().isAfter(list.front())) {
        read(window);
        return true;
      }
    }
    return false;
  }

  @Override
  public List<KustomerRecord> accept(ApiRequest asked, Page page) {
    Question question = underWay.remove(asked);
    now++;
    List<KustomerRecord> records = new ArrayList<>();
    if (question instanceof Question.Count count) {
      acceptCount(count.window(), page);
    } else if (question instanceof Question.Read read) {
      records.addAll(read.window().reader().accept(asked, page));
      if (read.window().reader().done()) {
        read.window().done(reading.overlap());
      }
    } else if (question instanceof Question.Listed listed) {
      for (var one : list.accept(listed.page(), listed.askedAt(), page)) {
        records.addAll(acceptListed(one));
      }
    } else {
      throw new IllegalStateException(asked + " was not asked for");
    }
    decide();
    retire();
    return records;
  }

  private void acceptCount(Window window, Page page) {
    if (!window.is(State.ASKED)) {
      return; // left to search meanwhile
    }
    long total =
        page.total()
            .orElseThrow(
                () -> new ReadException(search + ": Kustomer's search tells no meta.total"));
    if (!window.wasParted()) {
      unclaimed -= total;
    }
    for (Window part : counting.accept(window, total, now)) {
      windows.put(part.from(), part);
    }
  }

  private List<KustomerRecord> acceptListed(ListPages.Listed listed) {
    List<KustomerRecord> all = new ArrayList<>();
    for (Window window : windows.values()) {
      if (!window.countsListedAt(listed.askedAt())) {
        continue;
      }
      List<KustomerRecord> in = listed.records().stream().filter(window::contains).toList();
      if (!in.isEmpty()) {
        List<KustomerRecord> fresh = in.stream().filter(r -> !ledger.contains(r)).toList();
        window.add(in.size(), fresh);
        all.addAll(fresh);
      }
    }
    return all;
  }

  /** What the list has passed is whole, or left to search. */
  private void decide() {
    if (!listing) {
      return;
    }
    boolean more = windows.values().stream().anyMatch(s -> s.seen() > s.total());
    if (!list.inOrder() || more) {
      giveUp();
      return;
    }
    for (Window window : windows.values()) {
      if (window.is(State.COUNTED) && !window.to().isAfter(list.front())) {
        window.passed(reading.overlap());
        boolean all = window.is(State.DONE);
        whole += all ? 1 : 0;
        failedInRow = all ? 0 : failedInRow + 1;
      }
    }
    if (list.ended() || failedInRow >= TRIAL) {
      giveUp();
    }
  }

  private void giveUp() {
    listing = false;
    windows.values().forEach(Window::leave);
  }

  /** Passes over what is whole, as long as nothing before it is not. */
  private void retire() {
    while (!windows.isEmpty()
        && windows.firstKey().equals(reached)
        && windows.firstEntry().getValue().is(State.DONE)) {
      Window first = windows.pollFirstEntry().getValue();
      ledger = first.readsFromReached() ? first.reader().ledger() : ledger.plus(first.delivered());
      reached = first.to();
      ledger = ledger.since(reached.minus(reading.overlap()));
    }
  }
}
