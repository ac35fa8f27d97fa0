package io.kustomersync.sandbox.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Changes the world as its users would. Which records are hit follows from the seed and the order
 * of the calls. Times are epoch milliseconds. Thread-safe.
 */
public final class Mutator {
  private static final int[] STRIDES = {7919, 104_729, 1_299_709, 15_485_863, 1};

  private final World world;
  private final Random random;

  public Mutator(World world) {
    this.world = world;
    this.random = new Random(world.options().seed);
  }

  /** Makes {@code count} records, a millisecond apart, the last one at {@code at}. */
  public List<String> create(String kind, int count, long at) {
    synchronized (world) {
      RecordStore store = world.store(kind);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long time = at - (count - 1 - i);
        Version version = new Version(store.size(), 1, time, time, false, "", "");
        world.write(store, version);
        ids.add(store.id(version));
        if (store.kind().isKobject()) {
          touchCustomer(store, version);
        }
      }
      return ids;
    }
  }

  /** A new KObject moves its customer's {@code updatedAt} and {@code rev} (§5). */
  private void touchCustomer(RecordStore store, Version version) {
    RecordStore customers = world.store("customers");
    int ordinal = TemplateSubject.of(world.stores(), store, version).related(customers);
    if (ordinal < customers.size() && !customers.version(ordinal).deleted()) {
      rewrite(customers, customers.version(ordinal), version.updatedAt(), false);
    }
  }

  /** Writes {@code count} records, {@code step} ms apart, the last one at {@code at}. */
  public List<String> update(String kind, int count, long at, long step) {
    return each(kind, count, i -> at - (count - 1 - i) * step, false);
  }

  public List<String> delete(String kind, int count, long at) {
    return each(kind, count, i -> at - (count - 1 - i), true);
  }

  public void write(String kind, String id, long at, boolean deleted) {
    synchronized (world) {
      RecordStore store = world.store(kind);
      Version version =
          store
              .find(id)
              .orElseThrow(() -> new IllegalArgumentException("No " + kind + " has id " + id));
      rewrite(store, version, at, deleted);
    }
  }

  private List<String> each(String kind, int count, IntFunction<Long> at, boolean deleted) {
    synchronized (world) {
      RecordStore store = world.store(kind);
      List<Version> chosen = choose(store, count);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < chosen.size(); i++) {
        rewrite(store, chosen.get(i), at.apply(i), deleted);
        ids.add(store.id(chosen.get(i)));
      }
      return ids;
    }
  }

  /** Live records, each once; all of them when there are fewer than asked for. */
  private List<Version> choose(RecordStore store, int count) {
    List<Version> chosen = new ArrayList<>();
    int size = store.size();
    if (size == 0) {
      return chosen;
    }
    int stride = 1;
    for (int candidate : STRIDES) {
      if (size % candidate != 0) {
        stride = candidate;
        break;
      }
    }
    long at = random.nextInt(size);
    for (int i = 0; i < size && chosen.size() < count; i++) {
      Version version = store.version((int) at);
      if (!version.deleted()) {
        chosen.add(version);
      }
      at = (at + stride) % size;
    }
    return chosen;
  }

  private void rewrite(RecordStore store, Version before, long at, boolean deleted) {
    String body =
        before.isHandMade() ? HandMade.touched(before.body(), before.rev() + 1, at, deleted) : "";
    world.write(store, before.next(at, deleted, body));
  }

  /** The source goes, its conversations become the target's (kustomer-api.md §3.7). */
  public void merge(String sourceId, String targetId, long at) {
    synchronized (world) {
      write("customers", targetId, at, false);
      write("customers", sourceId, at, true);
      RecordStore conversations = world.store("conversations");
      for (int ordinal = 0; ordinal < conversations.size(); ordinal++) {
        Version version = conversations.version(ordinal);
        if (!version.deleted() && belongsTo(conversations, version, sourceId)) {
          String body = world.writer().text(conversations, version).replace(sourceId, targetId);
          world.write(
              conversations,
              version.next(at, false, HandMade.touched(body, version.rev() + 1, at, false)));
        }
      }
    }
  }

  private boolean belongsTo(RecordStore conversations, Version version, String customerId) {
    if (version.isHandMade()) {
      return version.body().contains(customerId);
    }
    RecordStore customers = world.store("customers");
    int ordinal = TemplateSubject.of(world.stores(), conversations, version).related(customers);
    return customers.originalId(ordinal).equals(customerId);
  }

  /** What happens by itself while someone reads: mostly updates, some new, some deleted. */
  public void drift(int count) {
    synchronized (world) {
      List<RecordStore> stores =
          world.stores().all().stream()
              .filter(each -> each.kind().isSearched() && each.size() > 0)
              .toList();
      for (int i = 0; i < count && !stores.isEmpty(); i++) {
        String kind = stores.get(random.nextInt(stores.size())).kind().name();
        int dice = random.nextInt(10);
        if (dice == 0) {
          create(kind, 1, world.now());
        } else if (dice == 1) {
          delete(kind, 1, world.now());
        } else {
          update(kind, 1, world.now(), 0);
        }
      }
    }
  }
}
