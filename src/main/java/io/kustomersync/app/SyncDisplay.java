package io.kustomersync.app;

import io.kustomersync.app.Connector.Progress;
import io.kustomersync.app.Connector.Result;

/** Shows how a sync goes on. Called by several threads, one per table. */
interface SyncDisplay extends AutoCloseable {
  void begun(String table);

  void delivered(Progress progress);

  void ended(String table, Result result);

  @Override
  void close();
}
