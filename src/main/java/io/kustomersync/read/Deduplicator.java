package io.kustomersync.read;

import io.kustomersync.api.KustomerRecord;
import io.kustomersync.checkpoint.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of one page that were not delivered before, one of each id, the newest. */
final class Deduplicator {

  private final Ledger ledger;
  private final Map<String, KustomerRecord> records = new LinkedHashMap<>();

  Deduplicator(Ledger ledger) {
    this.ledger = ledger;
  }

  void add(KustomerRecord record) {
    if (!ledger.contains(record)) {
      records.merge(record.type() + '/' + record.id(), record, Deduplicator::newer);
    }
  }

  List<KustomerRecord> records() {
    return new ArrayList<>(records.values());
  }

  /** By updatedAt, then rev; the one that came later when neither tells. */
  private static KustomerRecord newer(KustomerRecord one, KustomerRecord other) {
    if (one.updatedAt().isPresent() && other.updatedAt().isPresent()) {
      int order = one.updatedAt().get().compareTo(other.updatedAt().get());
      if (order != 0) {
        return order > 0 ? one : other;
      }
    }
    boolean older =
        one.rev().isPresent()
            && other.rev().isPresent()
            && one.rev().getAsLong() > other.rev().getAsLong();
    return older ? one : other;
  }
}
