package io.kustomersync.cli;

import io.kustomersync.connector.Polling.Progress;
import io.kustomersync.connector.Polling.Result;

/** Shows how a sync goes on. Called by several threads, one per table. */
interface SyncDisplay extends AutoCloseable {
  void begun(String table);

  void delivered(Progress progress);

  void ended(String table, Result result);

  /** How it ended, in a word. */
  static String word(Result result) {
    return result
        .failure()
        .map(failure -> failure instanceof InterruptedException ? "stopped" : "failed")
        .orElse("done");
  }

  @Override
  void close();
}
