package io.kustomersync.sink.file;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.JsonRowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** JSON Lines: one object per row and line, as {@link JsonRowWriter} writes it. */
public final class JsonLines implements PageFormat {

  @Override
  public String suffix() {
    return "jsonl";
  }

  @Override
  public void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
      throws IOException {
    JsonRowWriter.write(schema, rows, out);
  }
}
