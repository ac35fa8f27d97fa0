package io.kustomersync.sink.file;

import io.kustomersync.schema.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** How a page's rows become the bytes of a file. Implementations are stateless. */
public interface PageFormat {

  /** What file names end with, without the dot; letters only. */
  String suffix();

  /** Writes all rows; leaves the stream open. */
  void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
      throws IOException;
}
