package io.kustomersync.sandbox.data;

/**
 * One state of one record. Immutable; the content is made from it on demand.
 *
 * @param ordinal number of the record within its kind, in order of creation
 * @param rev grows with each write
 * @param updatedAt epoch milliseconds
 * @param createdAt epoch milliseconds
 * @param id empty when it follows from the ordinal
 * @param body the whole record as JSON text when hand-made, else empty
 */
public record Version(
    int ordinal, int rev, long updatedAt, long createdAt, boolean deleted, String id, String body) {

  Version next(long at, boolean nowDeleted, String newBody) {
    return new Version(ordinal, rev + 1, at, createdAt, nowDeleted, id, newBody);
  }

  boolean isHandMade() {
    return !body.isEmpty();
  }
}
