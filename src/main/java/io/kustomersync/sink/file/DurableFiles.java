package io.kustomersync.sink.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are on disk when a call returns, readable by their owner only. Thread-safe. */
final class DurableFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final int BUFFER = 64 * 1024;
  private static final String ASIDE = ".tmp";

  private DurableFiles() {}

  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes the folder and those above it; what is there already stays as it is. */
  static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly("rwx------"));
      sync(folder.getParent());
    }
  }

  /**
   * Writes aside, then takes the place of {@code file} in one step: a reader sees the old content
   * or the whole new one. When it throws, the file is as it was.
   */
  static void replace(Path file, Content content) throws IOException {
    try (Aside written = aside(file, "", content)) {
      written.takePlace();
    }
  }

  /**
   * Writes what may take the place of {@code file}; forced to disk when it returns.
   *
   * @param mark keeps what several processes write aside for the same file apart
   */
  static Aside aside(Path file, String mark, Content content) throws IOException {
    Path place = file.resolveSibling("." + file.getFileName() + mark + ASIDE);
    Files.deleteIfExists(place);
    boolean whole = false;
    try {
      Set<OpenOption> options =
          Set.of(
              StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try (FileChannel channel = FileChannel.open(place, options, ownerOnly("rw-------"))) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(place);
      }
    }
    return new Aside(place, file);
  }

  /** A whole file beside the place it may take. */
  record Aside(Path written, Path file) implements AutoCloseable {
    void takePlace() throws IOException {
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(file.getParent());
    }

    /** Leaves nothing behind when it has not taken its place. */
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(written);
    }
  }

  /** Takes away what processes that were killed had written aside. */
  static void tidy(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + ASIDE)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** When it throws, part of the bytes may be there; they are taken back if the disk lets us. */
  static void append(Path file, byte[] bytes) throws IOException {
    boolean made = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly("rw-------"))) {
      long end = channel.size();
      channel.position(end);
      boolean whole = false;
      try {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
        whole = true;
      } finally {
        if (!whole) {
          channel.truncate(end);
        }
      }
    }
    if (made) {
      sync(file.getParent());
    }
  }

  /** So that a new name survives a power cut. Windows can't, and needs it not. */
  private static void sync(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
