package io.kustomersync.database;

/** What becomes of what was committed when the process, or the server, is killed. */
public enum Durability {
  /** It stays. */
  KEPT,
  /** Seldom, an older state comes back: docs/reliability.md. */
  MAY_GO_BACK,
  /** It is gone with the process. */
  GONE
}
