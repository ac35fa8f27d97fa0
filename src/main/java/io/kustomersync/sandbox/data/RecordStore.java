package io.kustomersync.sandbox.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All records of one kind. Those of the start cost no memory until they are written; lists and
 * reads by id see a write at once, search after its lag. Not thread-safe: guarded by {@link World}.
 */
public final class RecordStore {
  private final Kind kind;
  private final long seed;
  private final Timeline timeline;
  private final SearchIndex index;
  private final Map<Integer, Version> written = new HashMap<>();
  private final Map<String, Integer> foreignIds = new HashMap<>();
  private final MarkedSlots gone = new MarkedSlots();
  private int size;

  RecordStore(Kind kind, long seed, Timeline timeline, boolean keepsDeleted) {
    this.kind = kind;
    this.seed = seed;
    this.timeline = timeline;
    this.index = new SearchIndex(timeline, this::original, keepsDeleted);
    this.size = timeline.size();
  }

  public Kind kind() {
    return kind;
  }

  public SearchIndex index() {
    return index;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Records ever made, deleted ones included; ordinals run from 0. */
  public int size() {
    return size;
  }

  public int liveCount() {
    return gone.unmarkedIn(0, size);
  }

  /** A number that is the record's own and does not change as it is written. */
  long noise(int ordinal) {
    return Noise.of(seed * 31 + kind.code(), ordinal);
  }

  private Version original(int ordinal) {
    int rev = 1 + Noise.below(noise(ordinal), 12);
    return new Version(
        ordinal, rev, timeline.updatedAt(ordinal), timeline.createdAt(ordinal), false, "", "");
  }

  public Version version(int ordinal) {
    Version version = written.get(ordinal);
    return version != null ? version : original(ordinal);
  }

  /** 24 hex characters: second, kind, seed, ordinal. */
  public String id(Version version) {
    if (!version.id().isEmpty()) {
      return version.id();
    }
    int ordinal = version.ordinal();
    return idAt(
        ordinal < timeline.size() ? timeline.bornAt(ordinal) : version.createdAt(), ordinal);
  }

  /** The id of a record of the start; of a made-up one when there is none. */
  String originalId(int ordinal) {
    return idAt(timeline.bornAt(ordinal), ordinal);
  }

  private String idAt(long born, int ordinal) {
    char[] hex = new char[24];
    Hex.put(hex, 0, 8, born / 1000);
    Hex.put(hex, 8, 4, kind.code());
    Hex.put(hex, 12, 4, seed);
    Hex.put(hex, 16, 8, ordinal);
    return new String(hex);
  }

  /** Deleted ones too. */
  public Optional<Version> find(String id) {
    Integer foreign = foreignIds.get(id);
    if (foreign != null) {
      return Optional.of(version(foreign));
    }
    if (!id.matches("[0-9a-f]{24}")) {
      return Optional.empty();
    }
    long ordinal = Long.parseLong(id.substring(16), 16);
    if (ordinal >= size) {
      return Optional.empty();
    }
    Version version = version((int) ordinal);
    return id(version).equals(id) ? Optional.of(version) : Optional.empty();
  }

  /** Stores it as the record's state; search shows it from {@code visibleAt} on. */
  void write(Version version, long visibleAt) {
    written.put(version.ordinal(), version);
    gone.mark(version.ordinal(), version.deleted());
    if (!version.id().isEmpty()) {
      foreignIds.put(version.id(), version.ordinal());
    }
    size = Math.max(size, version.ordinal() + 1);
    index.write(version, visibleAt);
  }

  /** Live records in order of creation, from the {@code offset}-th on. */
  public List<Version> list(int offset, int limit, boolean descending) {
    List<Version> page = new ArrayList<>();
    int live = liveCount();
    int slot = offset >= live ? -1 : gone.unmarkedAt(descending ? live - 1 - offset : offset, size);
    while (slot >= 0 && slot < size && page.size() < limit) {
      page.add(version(slot));
      slot = descending ? gone.previousUnmarked(slot - 1) : gone.nextUnmarked(slot + 1);
    }
    return page;
  }

  /** As {@link #list(int, int, boolean)}, but only those that fit; looks at every record. */
  public List<Version> list(int offset, int limit, boolean descending, Predicate<Version> filter) {
    List<Version> page = new ArrayList<>();
    int seen = 0;
    for (int i = 0; i < size && page.size() < limit; i++) {
      Version version = version(descending ? size - 1 - i : i);
      if (filter.test(version) && seen++ >= offset) {
        page.add(version);
      }
    }
    return page;
  }

  public void forEachJournalEntry(Consumer<JournalEntry> consumer) {
    for (int ordinal = 0; ordinal < size; ordinal++) {
      Version version = version(ordinal);
      consumer.accept(
          new JournalEntry(
              id(version),
              version.rev(),
              Instant.ofEpochMilli(version.updatedAt()),
              version.deleted(),
              !version.deleted() || index.keepsDeleted()));
    }
  }
}
