package io.kustomersync.sandbox.data;

/**
 * What a template is filled from: one version of one record.
 *
 * @param noise the record's own number, the same for all its versions
 * @param id as in the record
 */
record TemplateSubject(
    RecordStores stores, RecordStore store, Version version, long noise, String id) {

  static TemplateSubject of(RecordStores stores, RecordStore store, Version version) {
    return new TemplateSubject(
        stores, store, version, store.noise(version.ordinal()), store.id(version));
  }

  /** A number below {@code bound} that is the record's own for this purpose. */
  int pick(int purpose, int bound) {
    return Noise.below(Noise.of(noise, purpose), bound);
  }

  /** As {@link #pick}, but another one at each version. */
  int pickByRev(int purpose, int bound) {
    return Noise.below(Noise.of(noise + version.rev(), purpose), bound);
  }

  /** The record of another kind that this one belongs to. */
  int related(RecordStore other) {
    return related(other, noise);
  }

  private static int related(RecordStore other, long noise) {
    return Noise.below(Noise.of(noise, other.kind().code()), Math.max(1, other.timeline().size()));
  }

  /** The customer of the conversation that this record belongs to. */
  int customerOfConversation() {
    RecordStore conversations = stores.of("conversations");
    return related(stores.of("customers"), conversations.noise(related(conversations)));
  }

  /** How far into the records of the start it is: new custom fields begin late. */
  boolean isLate() {
    return version.ordinal() > store.timeline().size() / 10 * 6;
  }
}
