package io.kustomersync.sink.file;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.JsonRowWriter;
import io.kustomersync.sink.PageInfo;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Writes each page to a file of its own, {@code <folder>/<table>/<page id>.<suffix>}, and lists it
 * in the table's {@link Manifest}. When {@link #write} returns, both are on disk; when it throws,
 * no half-written file is visible. Writing a page again replaces its file. Thread-safe; pages of
 * one table go one after the other. A process that was frozen, overtaken by another and woken may
 * write a page beside it: each page then is the one's or the other's, and listed as it is.
 */
public final class FileSink {

  private static final Pattern TABLE = Pattern.compile("[a-z0-9_]{1,63}");
  private static final Pattern PAGE = Pattern.compile("[0-9a-f]{32}");

  /** Windows keeps these names for devices, whatever follows a dot. */
  private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com\\d|lpt\\d");

  private final Path folder;
  private final PageFormat format;
  private final boolean gzip;
  private final Clock clock;
  private final String mark = "." + UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  /**
   * @param folder is made when the first page comes; readable by its owner only
   * @param gzip whether files are compressed; their names then end in {@code .gz}
   */
  public FileSink(Path folder, PageFormat format, boolean gzip, Clock clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.format = format;
    this.gzip = gzip;
    this.clock = clock;
  }

  /**
   * @throws IOException when the page is not delivered: disk full, no permission
   * @throws IllegalArgumentException when table or page have names that could leave the folder
   */
  public void write(TableSchema schema, PageInfo page, List<Map<String, Object>> rows)
      throws IOException {
    Target target = targets.computeIfAbsent(schema.table(), table -> new Target());
    synchronized (target) {
      try {
        Path place = place(schema.table());
        if (!target.tidied) {
          DurableFiles.tidy(place);
          target.tidied = true;
        }
        if (target.manifest == null) {
          target.manifest = new Manifest(place);
        }
        write(place, target.manifest, schema, page, rows);
      } catch (IOException | RuntimeException e) {
        // Read anew next time: what is on disk counts.
        target.manifest = null;
        throw e;
      }
    }
  }

  private Path place(String table) throws IOException {
    if (!TABLE.matcher(table).matches() || DEVICE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "\"" + table + "\" can't be the name of a folder; tables are named with a-z, 0-9 and _");
    }
    Path place = folder.resolve(table);
    if (Files.isSymbolicLink(place)) {
      throw new IOException(
          place + ": is a symbolic link; put a folder there, or set the sink's folder elsewhere");
    }
    DurableFiles.folder(place);
    return place;
  }

  private void write(
      Path place,
      Manifest manifest,
      TableSchema schema,
      PageInfo page,
      List<Map<String, Object>> rows)
      throws IOException {
    if (!PAGE.matcher(page.id()).matches()) {
      throw new IllegalArgumentException("\"" + page.id() + "\" is not a page id");
    }
    String name = page.id() + "." + format.suffix() + (gzip ? ".gz" : "");
    MessageDigest digest = sha256();
    Path file = place.resolve(name);
    try (DurableFiles.Aside written =
        DurableFiles.aside(file, mark, out -> write(schema, rows, out, digest))) {
      Manifest.Entry entry =
          new Manifest.Entry(
              name,
              rows.size(),
              Files.size(written.written()),
              HexFormat.of().formatHex(digest.digest()),
              text(page.first()),
              text(page.last()),
              clock.instant());
      // Not while the rows are written: whoever is frozen meanwhile must not hold up the others.
      try (FolderLock lock = FolderLock.take(place)) {
        manifest.look();
        manifest.remove(name);
        written.takePlace();
        manifest.add(entry);
      }
    }
  }

  private void write(
      TableSchema schema, List<Map<String, Object>> rows, OutputStream out, MessageDigest digest)
      throws IOException {
    OutputStream digested = new DigestOutputStream(out, digest);
    if (gzip) {
      GZIPOutputStream packed = new GZIPOutputStream(digested);
      format.write(schema, rows, new Unclosed(packed));
      packed.finish();
    } else {
      format.write(schema, rows, new Unclosed(digested));
    }
    digested.flush();
  }

  private static String text(Optional<Object> position) {
    return position
        .map(
            value ->
                value instanceof OffsetDateTime time ? JsonRowWriter.time(time) : value.toString())
        .orElse("");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A table's folder. Guarded by itself. */
  private static final class Target {
    private Manifest manifest;
    private boolean tidied;
  }

  /** The file must be forced to disk before it is closed. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
