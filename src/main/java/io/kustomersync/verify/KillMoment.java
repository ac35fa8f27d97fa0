package io.kustomersync.verify;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** When a process with the sink is killed. */
sealed interface KillMoment {

  /** Must be called before the sink is given the page. */
  default void look(Path folder) throws IOException {}

  /** Comes back when it is time, or when the sink is done before. */
  void await(SinkProcess process, Path folder) throws IOException, InterruptedException;

  /** For a list of all. */
  String kind();

  /**
   * On the way into a step.
   *
   * @param time which time it is reached
   */
  record AtStep(Step step, int time) implements KillMoment {
    @Override
    public void await(SinkProcess process, Path folder) throws IOException, InterruptedException {
      process.hear();
    }

    @Override
    public String kind() {
      return "at " + step + (time > 1 ? ", " + time + " rows on" : "");
    }

    @Override
    public String toString() {
      return "its process was killed " + kind();
    }
  }

  /** As soon as a file is there that was not there before, under a name of its own. */
  record AtFirstFile(Set<Path> before) implements KillMoment {

    AtFirstFile() {
      this(new TreeSet<>());
    }

    @Override
    public void await(SinkProcess process, Path folder) throws IOException {
      while (!process.said()) {
        for (Path file : files(folder)) {
          if (!before.contains(file)) {
            return;
          }
        }
      }
    }

    @Override
    public void look(Path folder) throws IOException {
      before.clear();
      before.addAll(files(folder));
    }

    private static List<Path> files(Path folder) throws IOException {
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (Files.isDirectory(entry)) {
            files.addAll(files(entry));
          } else {
            files.add(entry);
          }
        }
      }
      return files;
    }

    @Override
    public String kind() {
      return "when a new file was seen";
    }

    @Override
    public String toString() {
      return "its process was killed while it wrote";
    }
  }

  /** So long after it was given the page. */
  record After(long nanos) implements KillMoment {
    @Override
    public void await(SinkProcess process, Path folder) {
      long begin = System.nanoTime();
      for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begin)) {
        LockSupport.parkNanos(left);
      }
    }

    @Override
    public String kind() {
      return "at random moments";
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "its process was killed %d ms after it got the page", nanos / 1_000_000);
    }
  }
}
