package io.kustomersync.sandbox.data;

import java.util.BitSet;

/**
 * A growing row of slots, some of them marked, that counts the marks of a range and finds the n-th
 * unmarked slot in logarithmic time (a Fenwick tree over blocks of 64). Not thread-safe.
 */
final class MarkedSlots {
  private static final int BLOCK = 64;
  private final BitSet marks = new BitSet();
  private int[] tree = new int[64];

  boolean isMarked(int slot) {
    return marks.get(slot);
  }

  void mark(int slot, boolean marked) {
    if (marks.get(slot) == marked) {
      return;
    }
    marks.set(slot, marked);
    if (slot / BLOCK + 1 >= tree.length) {
      tree = new int[Math.max(tree.length * 2, slot / BLOCK + 2)];
      marks.stream().forEach(each -> add(each, 1));
    } else {
      add(slot, marked ? 1 : -1);
    }
  }

  private void add(int slot, int delta) {
    for (int i = slot / BLOCK + 1; i < tree.length; i += i & -i) {
      tree[i] += delta;
    }
  }

  /** Marks in {@code [0, end)}. */
  int marksBelow(int end) {
    int count = 0;
    for (int i = Math.min(end / BLOCK, tree.length - 1); i > 0; i -= i & -i) {
      count += tree[i];
    }
    int slot = marks.nextSetBit(end / BLOCK * BLOCK);
    while (slot >= 0 && slot < end) {
      count++;
      slot = marks.nextSetBit(slot + 1);
    }
    return count;
  }

  int unmarkedIn(int first, int end) {
    return end <= first ? 0 : end - first - (marksBelow(end) - marksBelow(first));
  }

  int nextUnmarked(int slot) {
    return marks.nextClearBit(slot);
  }

  /** -1 when there is none. */
  int previousUnmarked(int slot) {
    return slot < 0 ? -1 : marks.previousClearBit(slot);
  }

  /** The unmarked slot that has {@code rank} unmarked ones before it, within {@code size} slots. */
  int unmarkedAt(int rank, int size) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (middle + 1 - marksBelow(middle + 1) <= rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
