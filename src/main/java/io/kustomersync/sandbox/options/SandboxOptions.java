package io.kustomersync.sandbox.options;

import io.kustomersync.sandbox.SandboxKustomer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the sandbox holds and how it behaves. Each method changes this object and returns it; {@link
 * SandboxKustomer#start} takes a copy. The defaults are those of kustomer-api.md §12 and a data set
 * for the demo.
 *
 * <p>Kinds are named {@code customers}, {@code conversations}, {@code messages}, {@code notes},
 * {@code companies}, {@code users}, {@code teams}, {@code tags}, {@code shortcuts}, {@code brands}
 * and {@code kobject_<klass>}.
 */
public final class SandboxOptions {
  public record Ties(int count, boolean sameCreatedAt) {}

  public int port;
  public String pod = "prod1";
  public List<Token> tokens = List.of(Token.all("sandbox-token"));
  public long seed = 42;
  Map<String, Integer> counts = new LinkedHashMap<>();
  public List<Klass> klasses = List.of();
  public Optional<Instant> from = Optional.empty();
  public Optional<Instant> to = Optional.empty();
  public Map<String, Ties> ties = new LinkedHashMap<>();
  public Clock clock = Clock.systemUTC();
  public Duration latency = Duration.ZERO;
  public int mutationsPerRequest;
  public int orgLimit = 1000;
  public int searchLimit = 100;
  public ResetHeader resetHeader = ResetHeader.EPOCH_SECONDS;
  public Duration searchLag = Duration.ofSeconds(5);
  public int pageLimit = 100;
  public int recordLimit = Integer.MAX_VALUE;
  public Period liveSpan = Period.ofYears(2);
  public Duration archiveOverlap = Duration.ZERO;
  public int moreFields;
  Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);

  private SandboxOptions() {}

  /** About 2,000 customers, 5,000 conversations, 1,500 KObjects of three classes, small lists. */
  public static SandboxOptions demo() {
    return empty()
        .count("customers", 2_000)
        .count("conversations", 5_000)
        .count("messages", 12_000)
        .count("notes", 1_000)
        .count("companies", 200)
        .count("users", 25)
        .count("teams", 6)
        .count("tags", 40)
        .count("shortcuts", 30)
        .count("brands", 2)
        .klasses(
            Klass.of("order", "enabled", 1_000),
            Klass.of("shopify-order", "enabled", 400),
            Klass.of("loop_return", "existing_only", 100));
  }

  /** No data at all. */
  public static SandboxOptions empty() {
    return new SandboxOptions();
  }

  /** Classes in every status with {@code count} KObjects each, and one that is not listed. */
  public SandboxOptions klassesOfEveryStatus(int count) {
    return klasses(
        Klass.of("order", "enabled", count),
        Klass.of("shopify-order", "enabled", count),
        Klass.of("loop_return", "disabled", count),
        Klass.of("coupon", "disabled", count),
        Klass.of("warehouse", "existing_only", count),
        Klass.of("legacy-item", "existing_only", count),
        new Klass("ghost_case", "enabled", count, false));
  }

  /** Where to listen on the loopback interface; 0, the default, takes any free port. */
  public SandboxOptions port(int value) {
    port = value;
    return this;
  }

  /** The region it plays; {@code prod1} by default. */
  public SandboxOptions pod(String value) {
    pod = value;
    return this;
  }

  /** The keys it knows; by default {@code sandbox-token} with every role. */
  public SandboxOptions tokens(Token... values) {
    tokens = List.of(values);
    return this;
  }

  /** Same seed, same data. */
  public SandboxOptions seed(long value) {
    seed = value;
    return this;
  }

  /** How many records of a kind there are from the start. KObjects: see {@link #klasses}. */
  public SandboxOptions count(String kind, int value) {
    counts.put(kind, value);
    return this;
  }

  public SandboxOptions klasses(Klass... values) {
    klasses = List.of(values);
    return this;
  }

  /** The span over which {@code updatedAt} is spread; by default the last 30 months. */
  public SandboxOptions span(Instant first, Instant last) {
    from = Optional.of(first);
    to = Optional.of(last);
    return this;
  }

  /** From the start, {@code count} records of a kind share one {@code updatedAt}, mid span. */
  public SandboxOptions ties(String kind, int count, boolean sameCreatedAt) {
    ties.put(kind, new Ties(count, sameCreatedAt));
    return this;
  }

  /** For rate windows, search lag, the live horizon and default write times. */
  public SandboxOptions clock(Clock value) {
    clock = value;
    return this;
  }

  /** Waited before each answer; none by default. */
  public SandboxOptions latency(Duration value) {
    latency = value;
    return this;
  }

  /** So many records change by themselves before each call is answered; 0 by default. */
  public SandboxOptions mutationsPerRequest(int value) {
    mutationsPerRequest = value;
    return this;
  }

  /** Calls a minute of the whole org; 1,000 by default. */
  public SandboxOptions orgLimit(int value) {
    orgLimit = value;
    return this;
  }

  /** Searches a minute; 100 by default. */
  public SandboxOptions searchLimit(int value) {
    searchLimit = value;
    return this;
  }

  public SandboxOptions resetHeader(ResetHeader value) {
    resetHeader = value;
    return this;
  }

  /** How long after a write search still shows the state before it; 5 s by default. */
  public SandboxOptions searchLag(Duration value) {
    searchLag = value;
    return this;
  }

  /** The last page of a search that may be read; 100 by default. */
  public SandboxOptions pageLimit(int value) {
    pageLimit = value;
    return this;
  }

  /** A search gives no more records than this over all its pages; unlimited by default. */
  public SandboxOptions recordLimit(int value) {
    recordLimit = value;
    return this;
  }

  /** How far back live search reaches; two years by default. */
  public SandboxOptions liveSpan(Period value) {
    liveSpan = value;
    return this;
  }

  /** How much of what live search shows archive search shows too; none by default. */
  public SandboxOptions archiveOverlap(Duration value) {
    archiveOverlap = value;
    return this;
  }

  /** So many custom fields more on each customer and conversation; none by default. */
  public SandboxOptions moreFields(int value) {
    moreFields = value;
    return this;
  }

  public SandboxOptions with(Quirk... values) {
    quirks.addAll(List.of(values));
    return this;
  }

  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** 0 unless {@link #count} said otherwise. */
  public int countOf(String kind) {
    return counts.getOrDefault(kind, 0);
  }

  public SandboxOptions copy() {
    SandboxOptions copy = new SandboxOptions();
    copy.port = port;
    copy.pod = pod;
    copy.tokens = new ArrayList<>(tokens);
    copy.seed = seed;
    copy.counts = new LinkedHashMap<>(counts);
    copy.klasses = klasses;
    copy.from = from;
    copy.to = to;
    copy.ties = new LinkedHashMap<>(ties);
    copy.clock = clock;
    copy.latency = latency;
    copy.mutationsPerRequest = mutationsPerRequest;
    copy.orgLimit = orgLimit;
    copy.searchLimit = searchLimit;
    copy.resetHeader = resetHeader;
    copy.searchLag = searchLag;
    copy.pageLimit = pageLimit;
    copy.recordLimit = recordLimit;
    copy.liveSpan = liveSpan;
    copy.archiveOverlap = archiveOverlap;
    copy.moreFields = moreFields;
    copy.quirks = quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks);
    return copy;
  }
}
