package io.kustomersync.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.kustomersync.bench.StreamedPage.Column;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file of JSON Lines for each page, written aside, forced to disk, renamed. */
final class ReferenceFiles implements Reference.Writer {

  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final List<Column> columns;
  private final SerializedString[] names;
  private int page;

  ReferenceFiles(Path folder, List<Column> columns) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.columns = columns;
    names =
        columns.stream()
            .map(Column::name)
            .map(SerializedString::new)
            .toArray(SerializedString[]::new);
  }

  @Override
  public void write(List<String[]> rows) throws IOException {
    String name = page++ + ".jsonl";
    Path aside = folder.resolve("." + name);
    try (FileChannel channel =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 65_536);
      JsonGenerator json = JSON.createGenerator(out);
      json.setRootValueSeparator(null);
      for (String[] row : rows) {
        write(json, row);
      }
      json.flush();
      channel.force(true);
    }
    Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void write(JsonGenerator json, String[] row) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < row.length; i++) {
      json.writeFieldName(names[i]);
      if (row[i] == null) {
        json.writeNull();
      } else {
        switch (columns.get(i).type()) {
          case "TEXT", "TIMESTAMP" -> json.writeString(row[i]);
          default -> json.writeRawValue(row[i]);
        }
      }
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void close() {}
}
