package io.kustomersync.sandbox.options;

/** What {@code x-ratelimit-reset} holds; sources disagree (kustomer-api.md §6). */
public enum ResetHeader {
  EPOCH_SECONDS,
  EPOCH_MILLIS,
  /** Seconds from now. */
  DELTA_SECONDS,
  ABSENT
}
