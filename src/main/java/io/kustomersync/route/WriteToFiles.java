package io.kustomersync.route;

import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.PageInfo;
import io.kustomersync.sink.file.FileSink;
import io.kustomersync.sink.file.PageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes the page's rows to a file. */
public final class WriteToFiles implements Processor {

  private final FileSink sink;

  /**
   * @param home what a relative {@code folder} starts from
   */
  public WriteToFiles(PageFormat format, String home, String folder, boolean gzip, Clock clock) {
    this.sink = new FileSink(Path.of(home).resolve(folder), format, gzip, clock);
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
    sink.write(
        exchange.getVariable(Variables.SCHEMA, TableSchema.class),
        exchange.getVariable(Variables.PAGE, PageInfo.class),
        rows);
  }
}
