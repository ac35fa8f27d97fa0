package io.kustomersync.checkpoint;

import io.kustomersync.api.KustomerRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Versions delivered lately, so that what is read again in the overlap is not delivered again.
 * Immutable; a new page adds one chunk and shares the others, so that saving costs what the page
 * costs, however much the overlap holds.
 *
 * <p>A version is remembered by the first 128 bits of the SHA-256 of id, rev, updatedAt and
 * deleted: 16 bytes instead of the text, at odds of about 10^-26 to take one version among a
 * million for another.
 */
public final class Ledger {

  /** Bytes that one remembered version takes. */
  static final int WIDTH = 16;

  /** An empty ledger. */
  public static final Ledger EMPTY = new Ledger(List.of());

  /**
   * The versions of one delivered page.
   *
   * @param number grows by one with each page, so that a store can tell which chunks it has
   * @param oldest the earliest {@code updatedAt} among them
   * @param newest the latest
   * @param versions fingerprints of {@value Ledger#WIDTH} bytes each, in ascending order
   */
  public record Chunk(long number, Instant oldest, Instant newest, byte[] versions) {
    int size() {
      return versions.length / WIDTH;
    }
  }

  private final List<Chunk> chunks;

  private Ledger(List<Chunk> chunks) {
    this.chunks = chunks;
  }

  /** Restores what {@link #chunks()} gave. */
  public static Ledger of(List<Chunk> chunks) {
    return chunks.isEmpty() ? EMPTY : new Ledger(List.copyOf(chunks));
  }

  /** In the order in which they were added. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** How many versions it holds. */
  public int size() {
    return chunks.stream().mapToInt(Chunk::size).sum();
  }

  /** Whether this version of the record has been delivered. */
  public boolean contains(KustomerRecord record) {
    byte[] version = null;
    Instant at = instantOf(record);
    for (Chunk chunk : chunks) {
      if (at.isBefore(chunk.oldest) || at.isAfter(chunk.newest)) {
        continue;
      }
      if (version == null) {
        version = versionOf(record);
      }
      if (find(chunk.versions, version)) {
        return true;
      }
    }
    return false;
  }

  /** The ledger with these versions added, except those from before {@code floor}. */
  public Ledger plus(List<KustomerRecord> delivered, Instant floor) {
    List<KustomerRecord> kept =
        delivered.stream().filter(record -> !instantOf(record).isBefore(floor)).toList();
    if (kept.isEmpty()) {
      return this;
    }
    Instant oldest = Instant.MAX;
    Instant newest = Instant.MIN;
    byte[][] versions = new byte[kept.size()][];
    for (int i = 0; i < versions.length; i++) {
      Instant at = instantOf(kept.get(i));
      oldest = at.isBefore(oldest) ? at : oldest;
      newest = at.isAfter(newest) ? at : newest;
      versions[i] = versionOf(kept.get(i));
    }
    Arrays.sort(versions, Arrays::compareUnsigned);
    ByteBuffer joined = ByteBuffer.allocate(versions.length * WIDTH);
    for (byte[] version : versions) {
      joined.put(version);
    }
    List<Chunk> more = new ArrayList<>(chunks);
    long number = chunks.isEmpty() ? 1 : chunks.get(chunks.size() - 1).number + 1;
    more.add(new Chunk(number, oldest, newest, joined.array()));
    return new Ledger(List.copyOf(more));
  }

  /** The ledger with those pages of another behind its own, numbered on. */
  public Ledger plus(Ledger other) {
    List<Chunk> more = new ArrayList<>(chunks);
    long number = chunks.isEmpty() ? 1 : chunks.get(chunks.size() - 1).number + 1;
    for (Chunk chunk : other.chunks) {
      more.add(new Chunk(number++, chunk.oldest, chunk.newest, chunk.versions));
    }
    return of(more);
  }

  /**
   * The ledger without the pages that end before {@code floor}. The last page always stays, so that
   * the numbering goes on.
   */
  public Ledger since(Instant floor) {
    List<Chunk> kept = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      if (i == chunks.size() - 1 || !chunks.get(i).newest.isBefore(floor)) {
        kept.add(chunks.get(i));
      }
    }
    return kept.size() == chunks.size() ? this : new Ledger(List.copyOf(kept));
  }

  /** A record without a time counts as the oldest there is: in every chunk that has such. */
  private static Instant instantOf(KustomerRecord record) {
    return record.updatedAt().orElse(Instant.EPOCH);
  }

  private static byte[] versionOf(KustomerRecord record) {
    StringBuilder text = new StringBuilder(96);
    text.append(record.type()).append('|').append(record.id()).append('|');
    text.append(record.deleted()).append('|');
    record.rev().ifPresent(text::append);
    text.append('|');
    record.updatedAt().ifPresent(text::append);
    if (record.rev().isEmpty() && record.updatedAt().isEmpty()) {
      // nothing tells its versions apart but what it says
      text.append('|').append(record.raw());
    }
    return Arrays.copyOf(Fingerprint.sha256(text.toString()), WIDTH);
  }

  private static boolean find(byte[] sorted, byte[] version) {
    int low = 0;
    int high = sorted.length / WIDTH - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int from = middle * WIDTH;
      int order = Arrays.compareUnsigned(sorted, from, from + WIDTH, version, 0, WIDTH);
      if (order == 0) {
        return true;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
