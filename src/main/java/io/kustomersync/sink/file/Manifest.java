package io.kustomersync.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * The list of a table's complete files, {@code manifest.jsonl}: one line per file. A line is there
 * only while its file is there as the line says; it is written after the file is on disk, and taken
 * out before the file is replaced. So whatever moment the process dies, the list holds nothing
 * false; at most a complete file is not listed, whose page comes again. Used by one thread, which
 * holds the folder's {@link FolderLock}.
 */
final class Manifest {

  static final String NAME = "manifest.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "{\"file\":\"";

  /**
   * A complete file.
   *
   * @param first {@code updated_at} of its first row; empty text if it has none
   */
  record Entry(
      String file, long rows, long bytes, String sha256, String first, String last, Instant time) {}

  /** Tells a file from what it was before: another one in its place, or longer. */
  private record State(Object file, long size, FileTime changed) {
    private static final State ABSENT = new State("", -1, FileTime.fromMillis(0));

    static State of(Path file) throws IOException {
      if (Files.notExists(file)) {
        return ABSENT;
      }
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(now.fileKey(), now.size(), now.lastModifiedTime());
    }
  }

  private final Path file;
  private State known = State.ABSENT;
  private boolean torn;

  /** Reads nothing yet. */
  Manifest(Path folder) {
    file = folder.resolve(NAME);
  }

  /**
   * Must be called first whenever the lock was taken: another process may have changed the list. A
   * last line that was cut short, as by a power cut, is left out.
   */
  void look() throws IOException {
    State now = State.of(file);
    if (!now.equals(known)) {
      torn = now.size() > 0 && !endsWithALine();
      eachLine((name, line) -> {});
      known = now;
    }
  }

  /** What is done with each whole line. */
  @FunctionalInterface
  private interface Use {
    void of(String name, String line) throws IOException;
  }

  /** One at a time: the list grows with each page for ever, and must not do so in memory. */
  private void eachLine(Use use) throws IOException {
    if (Files.notExists(file)) {
      return;
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      while (line != null) {
        String next = lines.readLine();
        if (next != null || !torn) {
          use.of(fileOf(line), line);
        }
        line = next;
      }
    }
  }

  private boolean endsWithALine() throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      bytes.position(bytes.size() - 1).read(last);
      return last.get(0) == '\n';
    }
  }

  private String fileOf(String line) throws IOException {
    int end = line.indexOf('"', OURS.length());
    if (line.startsWith(OURS) && end > 0 && line.indexOf('\\') < 0) {
      return line.substring(OURS.length(), end); // as we write it; reading it as JSON takes longer
    }
    try {
      JsonNode name = JSON.readTree(line).path("file");
      if (name.isTextual()) {
        return name.textValue();
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new IOException(
        file
            + ": holds a line that names no file; mend it, or move the table's folder away and run"
            + " \"kustomer-sync reset\" for the table");
  }

  /** Must be called before the file is touched; lists the same when it is not listed. */
  void remove(String name) throws IOException {
    // What is not there is not listed; so the list is read only when a page comes again.
    if (Files.exists(file.resolveSibling(name))) {
      rewriteWithout(name);
    }
  }

  /** Must be called once the file is on disk under its name. */
  void add(Entry entry) throws IOException {
    if (torn) {
      rewriteWithout(entry.file());
    }
    DurableFiles.append(file, (line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    known = State.of(file);
  }

  private void rewriteWithout(String name) throws IOException {
    DurableFiles.replace(
        file,
        out ->
            eachLine(
                (other, line) -> {
                  if (!other.equals(name)) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                  }
                }));
    torn = false;
    known = State.of(file);
  }

  private static String line(Entry entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("file", entry.file());
    line.put("rows", entry.rows());
    line.put("bytes", entry.bytes());
    line.put("sha256", entry.sha256());
    line.put("first_updated_at", entry.first());
    line.put("last_updated_at", entry.last());
    line.put("written_at", entry.time().toString());
    return line.toString();
  }
}
