package io.kustomersync.read;

/** Through what a first load is read. */
public enum BackfillMode {
  /** Through search alone. */
  SEARCH,
  /** Through search and the table's list side by side, where the table has one. */
  BOTH
}
