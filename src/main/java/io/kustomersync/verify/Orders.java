package io.kustomersync.verify;

import io.kustomersync.sink.TablePage;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@link SinkAlone} is to do, as it goes through the pipe between the processes.
 *
 * @param root of the {@link HarnessHome}
 * @param fresh whether the setup is still to be done
 * @param loads the pages to deliver, in this order
 * @param stopAt the id of the step to wait at for the kill; empty for none
 * @param stopTime which time that step is reached
 */
record Orders(
    Subject subject, Path root, boolean fresh, List<Load> loads, String stopAt, int stopTime) {

  /** The records from one to one, in a version. */
  record Load(long rev, int first, int last, int padding) {
    TablePage page() {
      return TestRows.page(rev, first, last, padding);
    }
  }

  Orders stoppingAt(String step, int time) {
    return new Orders(subject, root, fresh, loads, step, time);
  }
}
