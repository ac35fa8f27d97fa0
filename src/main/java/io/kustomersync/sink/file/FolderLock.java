package io.kustomersync.sink.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to change which files a folder's {@link Manifest} lists. The operating system gives it
 * to one process at a time and takes it back from one that ended. To be held for the moment of the
 * change only: who is frozen with it holds up all others.
 */
final class FolderLock implements AutoCloseable {

  static final String NAME = ".lock";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  /** The operating system tells processes apart, not what is within one. */
  private static final Map<Path, ReentrantLock> WITHIN = new ConcurrentHashMap<>();

  private final ReentrantLock within;
  private final FileChannel channel;

  private FolderLock(ReentrantLock within, FileChannel channel) {
    this.within = within;
    this.channel = channel;
  }

  /**
   * @param folder absolute
   * @throws IOException when another process has it for half a minute, or the file system knows no
   *     locks
   */
  static FolderLock take(Path folder) throws IOException {
    return take(folder, PATIENCE);
  }

  static FolderLock take(Path folder, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    ReentrantLock within = WITHIN.computeIfAbsent(folder, any -> new ReentrantLock());
    boolean taken = false;
    try {
      if (!within.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw held(folder, patience);
      }
      try {
        FileChannel channel = open(folder);
        try {
          while (!lock(channel, folder)) {
            if (System.nanoTime() - end > 0) {
              throw held(folder, patience);
            }
            Thread.sleep(PAUSE_MILLIS);
          }
          taken = true;
          return new FolderLock(within, channel);
        } finally {
          if (!taken) {
            channel.close();
          }
        }
      } finally {
        if (!taken) {
          within.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(folder + ": interrupted while another process had it");
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(NAME),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        DurableFiles.ownerOnly("rw-------"));
  }

  private static boolean lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (IOException e) {
      throw new IOException(
          folder
              + ": can't be locked ("
              + e.getMessage()
              + "); mount its file system with locks, or set the sink's folder elsewhere",
          e);
    }
    return lock != null;
  }

  private static IOException held(Path folder, Duration patience) {
    return new IOException(
        folder
            + ": another process has locked it for "
            + patience.toSeconds()
            + " s; if it is frozen, end it or let it go on");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close(); // gives the lock back
    } finally {
      within.unlock();
    }
  }
}
