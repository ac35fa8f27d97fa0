package io.kustomersync.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files that H2 opens as {@code jdbc:h2:dying:<path>}. From a chosen change of the file on, none
 * reaches it any more: what a process leaves that is killed then, without the start of a process
 * for each kill. Of the change itself the first blocks may still be written, as Linux does when a
 * process is killed in a long write.
 */
public final class DyingDisk extends FilePathWrapper {
  private static final int BLOCK = 4096;

  private static long left = Long.MAX_VALUE;
  private static int blocks;
  private static boolean dead;

  /** Makes H2 know of it, alive. */
  public static void register() {
    FilePath.register(new DyingDisk());
    live();
  }

  public static void live() {
    dieAfter(Long.MAX_VALUE, 0);
  }

  /**
   * @param changes to the files that are still made
   * @param blocksOfLast written of the change after these, if it is a longer one
   */
  public static synchronized void dieAfter(long changes, int blocksOfLast) {
    dead = false;
    left = changes;
    blocks = blocksOfLast;
  }

  /** Whether a change was kept from the file since it was last told when. */
  public static synchronized boolean isDead() {
    return dead;
  }

  @Override
  public String getScheme() {
    return "dying";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      synchronized (DyingDisk.class) {
        if (lives()) {
          return file.write(source, position);
        }
        if (blocks > 0) {
          ByteBuffer first = source.duplicate();
          first.limit(Math.min(first.limit(), first.position() + blocks * BLOCK));
          blocks = 0;
          file.write(first, position);
        }
        throw new IOException("killed");
      }
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      synchronized (DyingDisk.class) {
        if (!lives()) {
          blocks = 0;
          throw new IOException("killed");
        }
        file.truncate(size);
      }
    }

    private static boolean lives() {
      dead |= left-- <= 0;
      return !dead;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
