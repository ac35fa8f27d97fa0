package io.kustomersync.read;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.read.Stretch.State;
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
 * <p>Search first counts a {@link Stretch}, deleted records included. From then on a record can
 * only leave it, for now. So the list, whose ids only ever grow, shows none in it but those
 * counted, and each once: if it showed as many, it showed all. If not (deleted ones, which lists do
 * not show; records that changed since, or that a shifting page hid), search reads the stretch
 * whole. A list out of order, or one that shows more than was counted, is given up, as is one of
 * which too little comes whole to be worth the counting.
 *
 * <p>A version is delivered once: what the list brought of a stretch that search then reads is
 * known, and what search reads the list no longer brings. The position moves only over what is
 * whole.
 */
final class TwoPools implements Past {

  /** Pages to come from which on it is begun. */
  static final int WORTH_IT = 4 * Counting.MOST_PAGES;

  /** Stretches of which one has to come whole, or the list is given up. */
  private static final int TRIAL = 8;

  /** Stretches counted ahead of the list: for records changed long after they were created. */
  private static final int MOST_AHEAD = 48;

  /** Records that the list brought of what is not whole: then it waits for search. */
  private static final long MOST_HELD = 500_000;

  /** Search takes so much of what nobody has begun at a time, from its end. */
  private static final int CLAIM = 16;

  /** A question that is under way. */
  private sealed interface Question {
    record Count(Stretch stretch) implements Question {}

    record Read(Stretch stretch) implements Question {}

    record Listed(int page, long askedAt) implements Question {}
  }

  private final Search search;
  private final Reading reading;
  private final Counting counting;
  private final ListPages list;
  private final Map<ApiRequest, Question> underWay = new LinkedHashMap<>();

  /** All that is begun and not passed over; nobody has begun what lies from frontier to top. */
  private final TreeMap<Instant, Stretch> stretches = new TreeMap<>();

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
  TwoPools(Search search, Instant from, Instant end, long records, Ledger ledger, Reading reading) {
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
    return stretches.isEmpty() && frontier.equals(top) && underWay.isEmpty();
  }

  @Override
  public Instant reached() {
    return readAlone() ? stretches.firstEntry().getValue().lanes.reached() : reached;
  }

  @Override
  public Ledger ledger() {
    return readAlone() ? stretches.firstEntry().getValue().lanes.ledger() : ledger;
  }

  /** Whether the first is a stretch that continues the position and that search alone reads. */
  private boolean readAlone() {
    return !stretches.isEmpty() && stretches.firstEntry().getValue().fromReached;
  }

  @Override
  public OptionalLong remaining() {
    return OptionalLong.of(
        Math.max(0, unclaimed) + stretches.values().stream().mapToLong(Stretch::remaining).sum());
  }

  @Override
  public List<ApiRequest> ahead() {
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

  private Stream<Stretch> counted() {
    return stretches.values().stream()
        .filter(s -> s.state == State.COUNTED || s.state == State.ASKED);
  }

  /** What the list shows of a stretch before that is counted would be of no use. */
  private boolean countedFarEnough() {
    long ahead =
        stretches.values().stream()
            .filter(s -> s.state == State.COUNTED && s.to.isAfter(list.front()))
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
    for (Stretch stretch : stretches.values()) {
      if (stretch.rest != null && ask(count(stretch), new Question.Count(stretch))) {
        return true;
      }
    }
    long held = stretches.values().stream().mapToLong(s -> s.seen).sum();
    if (!frontier.isBefore(top) || counted().count() >= lead() || held >= MOST_HELD) {
      return false;
    }
    Stretch next = counting.next(frontier, top);
    stretches.put(next.from, next);
    frontier = next.to;
    return ask(count(next), new Question.Count(next));
  }

  private ApiRequest count(Stretch stretch) {
    return search.count(stretch.from, stretch.to);
  }

  private boolean ask(ApiRequest request, Question question) {
    return underWay.putIfAbsent(request, question) == null;
  }

  /** Of what the list did not bring whole, one after the other, the first first. */
  private boolean beginLeft() {
    boolean busy = stretches.headMap(top).values().stream().anyMatch(s -> s.state == State.READ);
    Stretch first =
        stretches.values().stream().filter(s -> s.state == State.LEFT).findFirst().orElse(null);
    if (busy || first == null) {
      return false;
    }
    for (Stretch next = stretches.get(first.to);
        next != null && next.state == State.LEFT;
        next = stretches.get(first.to)) {
      stretches.remove(next.from);
      first.join(next);
    }
    read(first);
    return true;
  }

  private void read(Stretch stretch) {
    stretch.state = State.READ;
    stretch.fromReached = stretch.from.equals(reached) && stretch.delivered.size() == 0;
    // at the first instant of the span are versions that were delivered before
    Ledger known = stretch.fromReached ? Ledger.EMPTY : ledger.plus(stretch.delivered);
    stretch.lanes =
        new Lanes(
            search,
            stretch.from,
            stretch.to,
            stretch.total,
            stretch.fromReached ? ledger : Ledger.EMPTY,
            known,
            reading);
  }

  private boolean askToRead() {
    for (Stretch stretch : stretches.values()) {
      if (stretch.state == State.READ) {
        for (ApiRequest request : stretch.lanes.ahead()) {
          if (ask(request, new Question.Read(stretch))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Takes what is to be read by search beside the list: the newest that nobody has begun. */
  private boolean claim() {
    long claimed =
        stretches.tailMap(top).values().stream().filter(s -> s.state == State.READ).count();
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
      Stretch stretch = new Stretch(from.isBefore(frontier) ? frontier : from, top);
      stretch.total = all ? unclaimed : (long) (unclaimed * part / millis);
      unclaimed -= stretch.total;
      stretches.put(stretch.from, stretch);
      top = stretch.from;
      read(stretch);
      return true;
    }
    // one that the list has not come to yet
    for (Stretch stretch : stretches.descendingMap().values()) {
      if (stretch.state == State.COUNTED && stretch.from.isAfter(list.front())) {
        read(stretch);
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
      acceptCount(count.stretch(), page);
    } else if (question instanceof Question.Read read) {
      records.addAll(read.stretch().lanes.accept(asked, page));
      if (read.stretch().lanes.done()) {
        read.stretch().done(reading.overlap());
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

  private void acceptCount(Stretch stretch, Page page) {
    if (stretch.state != State.ASKED) {
      return; // left to search meanwhile
    }
    long total =
        page.total()
            .orElseThrow(
                () -> new ReadException(search + ": Kustomer's search tells no meta.total"));
    if (stretch.rest == null) {
      unclaimed -= total;
    }
    for (Stretch part : counting.accept(stretch, total, now)) {
      stretches.put(part.from, part);
    }
  }

  private List<KustomerRecord> acceptListed(ListPages.Listed listed) {
    List<KustomerRecord> all = new ArrayList<>();
    for (Stretch stretch : stretches.values()) {
      if (stretch.state != State.COUNTED || listed.askedAt() < stretch.countedAt) {
        continue;
      }
      List<KustomerRecord> in = listed.records().stream().filter(stretch::contains).toList();
      if (!in.isEmpty()) {
        List<KustomerRecord> fresh = in.stream().filter(r -> !ledger.contains(r)).toList();
        stretch.add(in.size(), fresh);
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
    boolean more = stretches.values().stream().anyMatch(s -> s.seen > s.total);
    if (!list.inOrder() || more) {
      giveUp();
      return;
    }
    for (Stretch stretch : stretches.values()) {
      if (stretch.state == State.COUNTED && !stretch.to.isAfter(list.front())) {
        stretch.passed(reading.overlap());
        boolean all = stretch.state == State.DONE;
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
    for (Stretch stretch : stretches.values()) {
      boolean waits = stretch.state == State.COUNTED || stretch.state == State.ASKED;
      stretch.state = waits ? State.LEFT : stretch.state;
    }
  }

  /** Passes over what is whole, as long as nothing before it is not. */
  private void retire() {
    while (!stretches.isEmpty()
        && stretches.firstKey().equals(reached)
        && stretches.firstEntry().getValue().state == State.DONE) {
      Stretch first = stretches.pollFirstEntry().getValue();
      ledger = first.fromReached ? first.lanes.ledger() : ledger.plus(first.delivered);
      reached = first.to;
      ledger = ledger.since(reached.minus(reading.overlap()));
    }
  }
}
